package fivefold.lab.doctor;

import java.util.List;

/**
 * What was found of one subject.
 *
 * @param title the subject, in one or two words
 */
public record Section(String title, List<Finding> findings) {}
