# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of the script that sources this file
# The series table as shell variables. Sourced after lib/common.sh.

# series_read SERIES: sets ansible_core, group_chars, gather_subset.
series_read() {
  # shellcheck disable=SC2034  # for whoever sources this file
  read -r ansible_core group_chars gather_subset < <(
    awk -v series="$1" '$1 == series { print $2, $3, $4 }' "$here/series.conf"
  ) || die "SERIES=$1 is not one of: $(series_names)"
}

series_names() { awk '!/^#/ && NF { printf "%s%s", sep, $1; sep = " " }' "$here/series.conf"; }

# series_newest_cores: the newest pinned ansible-core of each minor version, one a line.
series_newest_cores() {
  awk '!/^#/ && NF { print $2 }' "$here/series.conf" | sort -V |
    awk -F. '{ newest[$1 "." $2] = $0 } END { for (minor in newest) print newest[minor] }' | sort -V
}
