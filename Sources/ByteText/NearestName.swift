/// The name that was most likely meant: the one with the fewest letters to change, add or leave out,
/// if these are no more than a third of the longer one; nil where none is near.
@inline(never)
package func nearest(to name: String, among names: [String]) -> String? {
  let wanted = name.bytes
  // Longer than any name, and slow to compare.
  if wanted.count > 100 { return nil }
  var best: String?
  var fewest = Int.max
  for candidate in names {
    let changes = distance(wanted, candidate.bytes)
    if changes < fewest { (best, fewest) = (candidate, changes) }
  }
  guard let best, fewest * 3 <= max(wanted.count, best.bytes.count) else { return nil }
  return best
}

/// Levenshtein's distance.
@inline(never)
private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row: [Int] = []
  for place in 0...right.count { row.append(place) }
  for line in left.indices {
    var diagonal = line
    row[0] = line + 1
    for place in right.indices {
      let replaced = diagonal + (left[line] == right[place] ? 0 : 1)
      diagonal = row[place + 1]
      row[place + 1] = min(replaced, row[place] + 1, row[place + 1] + 1)
    }
  }
  return row[right.count]
}
