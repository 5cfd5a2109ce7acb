using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Files;
using EdgeGateway.Content.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>Brings what an address holds, of which nothing else is known, into the store: hashed as it arrives, and named by what it turned out to be.</summary>
/// <remarks>
/// There is no digest to find out a wrong part, so that a download is taken up again only if its source names the same version by a validator.
/// A source that does not tell the size is refused: readers are told the size before the first byte, and room is made before it arrives.
/// </remarks>
internal sealed partial class AddressDownloader(
    Receiver receiver,
    ContentFolder folder,
    IContentDisk disk,
    IOptionsMonitor<ContentOptions> options,
    TimeProvider time,
    Random random,
    ILogger<ContentStore> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Downloads, with retries.</summary>
    /// <param name="flight">For whom.</param>
    /// <param name="first">An answer that was opened already, from its first byte; else null.</param>
    /// <param name="reserve">Told the size when it is known, and again if it changes.</param>
    /// <exception cref="ContentException">From the source or because of what it sent.</exception>
    /// <exception cref="IOException">From the disk.</exception>
    public async Task<DownloadOutcome> RunAsync(Flight flight, OpenedContent? first, Action<long> reserve)
    {
        PartialFile file;
        try
        {
            file = PartialFile.Open(folder, disk, flight.Name, null);
        }
        catch
        {
            await DropAsync(first);
            throw;
        }

        using (file)
        {
            try
            {
                if (file.Length > 0 && file.Length == file.Size && file.Validator is not null && first is null)
                {
                    Begin(flight, file, reserve); // it was killed between the last byte and the final name
                }
                else
                {
                    await ReceiveAllAsync(file, flight, first, reserve);
                }
            }
            catch (ContentException e) when (e.Failure is ContentFailure.WrongSize or ContentFailure.NotFound)
            {
                flight.Arrival.Restart(e.Failure);
                folder.DeletePartial(flight.Name);
                throw;
            }
            catch (Exception e) when (e is ContentException or OperationCanceledException)
            {
                Keep(file, flight);
                throw;
            }

            var outcome = new DownloadOutcome(file.Current, file.Size, file.Validator, OfAddress: true);
            flight.Prove();
            file.Publish(outcome.Digest);
            LogDone(OriginRules.Name(flight.Plan.Address!), outcome.Digest, outcome.Size);
            return outcome;
        }
    }

    private static void Begin(Flight flight, PartialFile file, Action<long> reserve)
    {
        reserve(file.Size);
        flight.Arrival.Begin(new ContentVersion(file.Size, AddressKey.Tag(flight.Name, file.Validator, file.Size)), file.OpenForReading());
        flight.Report(file.Length);
    }

    private static async Task DropAsync(OpenedContent? opened)
    {
        if (opened is not null)
        {
            await opened.Stream.DisposeAsync();
        }
    }

    private async Task ReceiveAllAsync(PartialFile file, Flight flight, OpenedContent? first, Action<long> reserve)
    {
        var retries = new RetryBudget(options.CurrentValue, random, file.Length);
        var what = $"content of {OriginRules.Name(flight.Plan.Address!)}";
        var whole = false; // the next answer is to be of all bytes
        while (true)
        {
            try
            {
                var from = whole || file.Validator is null ? ResumePoint.Start : new ResumePoint(file.Length, file.Validator);
                var opened = first ?? await receiver.OpenAsync(flight.Plan, from, what, flight.Cancelled);
                first = null;
                await using var stream = opened.Stream;
                if (!whole && opened.Offset > 0 && !Continues(file, opened))
                {
                    whole = true;
                    continue;
                }

                whole = false;
                Prepare(file, opened, flight, what, reserve);
                await receiver.ReceiveAsync(opened, file, what, flight.Report, flight.Cancelled);
                return;
            }
            catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
            {
                if (file.Length > 0 && file.Length == file.Size)
                {
                    return; // it broke off when all was there
                }

                if (retries.Next(file.Length) is not { } wait)
                {
                    throw;
                }

                LogRetry(what, file.Length, e.Failure, e.Message, wait);
                await Task.Delay(wait, time, flight.Cancelled);
            }
        }
    }

    /// <summary>Whether an answer goes on with the very version of which the first bytes are here.</summary>
    private static bool Continues(PartialFile file, OpenedContent opened) =>
        opened.Offset == file.Length && opened.Size == file.Size && opened.Validator is { } validator && validator == file.Validator;

    private static void Prepare(PartialFile file, OpenedContent opened, Flight flight, string what, Action<long> reserve)
    {
        if (opened.Offset > 0 && !Continues(file, opened))
        {
            throw new ContentException(ContentFailure.Unreachable, $"All of {what} was asked for; the answer begins at byte {opened.Offset}.");
        }

        if (opened.Size is not (> 0 and var size))
        {
            throw new ContentException(ContentFailure.WrongSize, $"The source does not tell the size of {what}, or that it has none; it is not passed on.");
        }

        if (opened.Offset == 0)
        {
            flight.Arrival.Restart(ContentFailure.Unreachable);
            file.Restart(opened.Validator, size);
        }
        else
        {
            file.Continue();
        }

        Begin(flight, file, reserve);
    }

    private void Keep(PartialFile file, Flight flight)
    {
        try
        {
            file.Keep();
        }
        catch (IOException e)
        {
            LogNotKept(OriginRules.Name(flight.Plan.Address!), e.Message);
        }
    }

    [LoggerMessage(3034, LogLevel.Information, "{Address} holds content {Digest} of {Bytes} bytes; it was downloaded.")]
    private partial void LogDone(string address, Sha256Digest digest, long bytes);

    [LoggerMessage(3035, LogLevel.Warning, "The {What} broke off at byte {Present} ({Failure}): {Reason} Next try in {Wait}.")]
    private partial void LogRetry(string what, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3036, LogLevel.Warning, "The last bytes of unfinished content of {Address} are not noted and will be downloaded again: {Reason}")]
    private partial void LogNotKept(string address, string reason);
}
