internal import ByteText

/// The name that was most likely meant: the one with the fewest letters to change, add or leave out,
/// if these are no more than a third of the longer one; nil where none is near.
@inline(never)
func nearest(to name: String, among names: [String]) -> String? {
  var best: String?
  var fewest = Int.max
  for candidate in names {
    let changes = distance(name.bytes, candidate.bytes)
    if changes < fewest { (best, fewest) = (candidate, changes) }
  }
  guard let best, fewest * 3 <= max(name.utf8.count, best.utf8.count) else { return nil }
  return best
}

/// Levenshtein's distance.
@inline(never)
private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row: [Int] = []
  for place in 0...right.count { row.append(place) }
  for (line, byte) in left.enumerated() {
    var diagonal = line
    row[0] = line + 1
    for place in right.indices {
      let replaced = diagonal + (byte == right[place] ? 0 : 1)
      diagonal = row[place + 1]
      row[place + 1] = min(replaced, row[place] + 1, row[place + 1] + 1)
    }
  }
  return row[right.count]
}
