extension [String] {
  /// In the order of their bytes, which is that of code points, as Python sorts; Swift's own order
  /// is by normal form. Merges runs of growing length, so that many texts cost n log n.
  @inline(never)
  package func sortedByBytes() -> [String] {
    var sorted = self
    var length = 1
    while length < count {
      var merged: [String] = []
      merged.reserveCapacity(count)
      var start = 0
      while start < count {
        let middle = Swift.min(start + length, count)
        let end = Swift.min(middle + length, count)
        var (left, right) = (start, middle)
        while left < middle || right < end {
          let takesRight =
            left == middle || (right < end && precedes(sorted[right], sorted[left]))
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
