internal import ByteText
internal import CPosix

/// Who stays of several that somebody has made under one name at the same time.
///
/// It is the one that Magnum lists first, which all see alike: it sorts by the numbers that its database
/// gives. Their transactions end in any order, and other nodes of a database know of them later: a list
/// without the own one says nothing, and a second look follows after a pause. Two are left where that
/// takes longer than the pause; the next run names both.
///
/// - Parameters:
///   - own: the UUID of what was just made.
///   - pause: milliseconds.
///   - list: the UUIDs of those of the name, in Magnum's order.
///
/// Returns the UUID of the one that stays where that is not the own one.
@inline(never)
func elder(
  than own: String, pause: Int, _ list: () throws(OpenStackError) -> [String]
) throws(OpenStackError) -> String? {
  var seen = 0
  for look in 0..<8 where seen < 2 {
    if look > 0 { cposix_sleep(Int64(pause)) }
    let all = try list()
    var isListed = false
    for uuid in all where uuid == own { isListed = true }
    if !isListed { continue }
    if all[0] != own { return all[0] }
    seen += 1
  }
  return nil
}
