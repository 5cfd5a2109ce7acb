using System.Buffers;
using System.IO.Pipelines;
using EdgeGateway.Content;
using EdgeGateway.Module.Serving.Direct;
using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving;

/// <summary>Sends content to one client, at the rate of the slower side.</summary>
internal sealed class BodySender(IContentReader reader, TimeProvider time)
{
    /// <summary>Bytes that are read and sent at once; memory of one client.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>Bytes that the kernel sends at once, before the content is looked at again.</summary>
    private const long StretchSize = 1 << 20;

    /// <summary>Sends a part.</summary>
    /// <returns>Bytes sent; fewer than wanted where the client has left.</returns>
    /// <exception cref="ContentException">The content does not come.</exception>
    public async Task<long> SendAsync(ByteSpan part, HttpResponse response, CancellationToken cancellationToken)
    {
        var offset = part.Offset;
        if (!reader.IsComplete)
        {
            offset += await SendFirstAsync(part, response, cancellationToken);
        }

        await response.StartAsync(cancellationToken);
        var direct = response.HttpContext.Features.Get<DirectConnection>();
        if (direct is not null && offset < part.End
            && await reader.FindAsync(offset, Math.Min(StretchSize, part.End - offset), cancellationToken) is { } first)
        {
            return await SendFilesAsync(first, offset, part.End, direct, response.BodyWriter, cancellationToken) - part.Offset;
        }

        return await CopyAsync(offset, part.End, response.BodyWriter, cancellationToken) - part.Offset;
    }

    private async Task<long> CopyAsync(long offset, long end, PipeWriter writer, CancellationToken cancellationToken)
    {
        while (offset < end)
        {
            var piece = (int)Math.Min(PieceSize, end - offset);
            var got = await reader.ReadAsync(offset, writer.GetMemory(piece)[..piece], cancellationToken);
            writer.Advance(got > 0 ? got : throw EndedEarly(offset));
            offset += got;
            if ((await writer.FlushAsync(cancellationToken)).IsCompleted)
            {
                break;
            }
        }

        return offset;
    }

    private async Task<long> SendFilesAsync(
        FileRange stretch, long offset, long end, DirectConnection direct, PipeWriter writer, CancellationToken cancellationToken)
    {
        direct.Cork(true);
        await writer.FlushAsync(cancellationToken);
        while (true)
        {
            var sent = await direct.SendAsync(stretch.File, offset, stretch.Length, cancellationToken);
            direct.CountSent(writer, sent);
            offset += sent;
            direct.Cork(false);
            if (offset == end || (sent < stretch.Length && !stretch.File.IsClosed))
            {
                return offset; // done, or the client has left
            }

            stretch = await reader.FindAsync(offset, Math.Min(StretchSize, end - offset), cancellationToken) ?? throw EndedEarly(offset);
        }
    }

    /// <summary>
    /// Waits for the first bytes before anything is sent, so that what fails at once has a status of its own; but not for long, as the client
    /// waits for the answer to begin.
    /// </summary>
    private async Task<int> SendFirstAsync(ByteSpan part, HttpResponse response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        var reading = reader.ReadAsync(part.Offset, buffer.AsMemory(0, (int)Math.Min(PieceSize, part.Length)), cancellationToken).AsTask();
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(reading, Task.Delay(ContentResponder.HeadersWithin, time, enough.Token));
            await enough.CancelAsync();
            if (!reading.IsCompleted)
            {
                await response.StartAsync(cancellationToken);
                await response.BodyWriter.FlushAsync(cancellationToken);
            }

            var got = await reading;
            await response.BodyWriter.WriteAsync(buffer.AsMemory(0, got > 0 ? got : throw EndedEarly(part.Offset)), cancellationToken);
            return got;
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(buffer); // nobody writes into it any more
        }
    }

    private ContentException EndedEarly(long offset) =>
        new(ContentFailure.Disk, $"Content {reader.Tag} ended at byte {offset} of {reader.Size}.");
}
