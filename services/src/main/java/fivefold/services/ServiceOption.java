package fivefold.services;

/**
 * An option of one service.
 *
 * @param name as on the command line, without dashes
 * @param values what it takes, the default first
 */
public record ServiceOption(String name, String values) {}
