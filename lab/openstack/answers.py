"""Exit 0 when the URL is answered by anything but a server error."""

import sys
import urllib.error
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    opener.open(sys.argv[1], timeout=5)
except urllib.error.HTTPError as answer:
    sys.exit(answer.code >= 500)
except OSError:
    sys.exit(1)
