using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>Clients that all want one file at once. They do as little as clients can, as they share the machine with what is measured.</summary>
internal static class Children
{
    private const int BufferSize = 256 * 1024;
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>Fetches the file once for each child.</summary>
    /// <returns>Time until the last one has its last byte.</returns>
    /// <exception cref="InvalidOperationException">A child received other bytes.</exception>
    public static async Task<TimeSpan> FetchAsync(RunningCache cache, string file, int count, long size, byte[] digest, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(
            () => FetchAsync(cache, file, size, i == 0 ? digest : null, cancellationToken), cancellationToken)));
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Fetches one; the first child checks what it got, byte by byte, the others count.</summary>
    private static async Task FetchAsync(RunningCache cache, string file, long size, byte[]? digest, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, cache.Port, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {cache.Target(file)} HTTP/1.1\r\nHost: cache\r\nConnection: close\r\n\r\n"), cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var (filled, body) = (0, -1);
        while (body < 0)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            filled += got > 0 ? got : throw new InvalidOperationException($"{cache} closed the connection.");
            body = buffer.AsSpan(0, filled).IndexOf(HeaderEnd);
        }

        if (!buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, body));
        }

        body += HeaderEnd.Length;
        hash.AppendData(buffer.AsSpan(body, filled - body));
        long arrived = filled - body;
        while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var got)
        {
            arrived += got;
            if (digest is not null)
            {
                hash.AppendData(buffer.AsSpan(0, got));
            }
        }

        if (arrived != size || (digest is not null && !hash.GetHashAndReset().AsSpan().SequenceEqual(digest)))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A child got {arrived} bytes of {size}, or wrong ones."));
        }
    }
}
