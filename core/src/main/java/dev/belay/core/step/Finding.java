package dev.belay.core.step;

import java.util.List;

/**
 * What a step has found out on a host that people want to see, be there something to change or not:
 * a table of texts, as they came from the host.
 *
 * @param title what the rows are
 * @param columns names of the columns, in lower case with {@code _} for blanks
 * @param rows one text for each column
 */
public record Finding(String title, List<String> columns, List<List<String>> rows) {

  /** Copies the lists; refuses columns that are no names, and rows that do not fit them. */
  public Finding {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (!columns.stream().allMatch(name -> name.matches("[a-z][a-z_]*"))
        || columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException("no names of columns: " + columns);
    }
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("a row of " + title + " does not fit its columns");
      }
    }
  }
}
