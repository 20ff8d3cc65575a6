package fivefold.services.chat;

/** A room at one moment. */
public record RoomInfo(String name, int members) {}
