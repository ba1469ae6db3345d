extension Rules {
  /// Jinja is written as interpolation or as raw, never inside a plain string: there the compiler
  /// completes nothing, and `mcapi check --verbose` lists nothing.
  static func hiddenJinja(_ readings: Readings) -> [Problem] {
    readings.all.filter(\.hidesJinja).map {
      Problem(
        file: $0.file, place: $0.place, "Jinja stands in a plain string",
        "interpolate a variable or an expression, or use Expression.raw", at: $0.location)
    }
  }
}
