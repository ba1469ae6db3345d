extension [String] {
  /// In the order of their bytes, which is that of code points, as Python sorts; Swift's own order
  /// is by normal form.
  @inline(never)
  package func sortedByBytes() -> [String] { placesInByteOrder().map { self[$0] } }

  /// The places of the texts, in the order of the texts' bytes; of equal texts the first comes first.
  /// Merges runs of growing length, so that many texts cost n log n.
  @inline(never)
  package func placesInByteOrder() -> [Int] {
    var sorted = [Int](indices)
    var length = 1
    while length < count {
      var merged: [Int] = []
      merged.reserveCapacity(count)
      var start = 0
      while start < count {
        let middle = Swift.min(start + length, count)
        let end = Swift.min(middle + length, count)
        var (left, right) = (start, middle)
        while left < middle || right < end {
          let takesRight =
            left == middle || (right < end && precedes(self[sorted[right]], self[sorted[left]]))
          merged.append(sorted[takesRight ? right : left])
          if takesRight { right += 1 } else { left += 1 }
        }
        start = end
      }
      sorted = merged
      length *= 2
    }
    return sorted
  }
}

@inline(never)
private func precedes(_ left: String, _ right: String) -> Bool {
  let (left, right) = (left.bytes, right.bytes)
  for place in 0..<min(left.count, right.count) where left[place] != right[place] {
    return left[place] < right[place]
  }
  return left.count < right.count
}
