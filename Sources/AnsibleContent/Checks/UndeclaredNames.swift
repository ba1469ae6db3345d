extension Rules {
  /// Every name in an expression is declared: by the role or play, by a task of the same play or role, or as known.
  static func undeclaredNames(_ readings: Readings) -> [Problem] {
    readings.all.flatMap { reading in
      reading.names.subtracting(reading.visible).subtracting(readings.known).sorted().map {
        Problem(
          file: reading.file, place: reading.place, "\"\($0)\" is not declared",
          "declare it as a variable of the role or play, or as known, or correct its name",
          at: reading.location)
      }
    }
  }
}
