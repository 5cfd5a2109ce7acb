using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content;

/// <summary>Bytes of content in an open file, at the same offset as in the content.</summary>
/// <param name="File">The file; not to be closed. May be closed by its owner once the content is complete: then it is asked for again.</param>
/// <param name="Length">Bytes that are there, at least 1.</param>
public readonly record struct FileStretch(SafeFileHandle File, long Length);
