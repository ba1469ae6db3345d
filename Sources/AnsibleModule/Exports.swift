// Parameters and results are JSON: whoever imports this library needs both.
@_exported public import JSON
