using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Files;

/// <summary>What can fail when a disk is full or broken: a seam, so that tests can make it fail.</summary>
internal interface IContentDisk
{
    /// <summary>Bytes that this process may still write below <paramref name="folder"/>.</summary>
    long FreeBytes(string folder);

    /// <summary>Writes all of <paramref name="bytes"/>.</summary>
    void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes a written file durable, then gives it its final name, durably too.</summary>
    void Publish(SafeFileHandle file, string from, string to);
}
