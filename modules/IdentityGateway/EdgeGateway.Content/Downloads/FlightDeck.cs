using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Files;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

/// <summary>All flights of the store: starts one where there is none, lets others join, and ends it when the last one left.</summary>
/// <remarks>Thread-safe. Its lock is also that of the open files, so that content goes from flight to open file without a gap.</remarks>
internal sealed partial class FlightDeck(
    Lock gate, OpenFiles open, ContentShelf shelf, Hangar hangar, ContentFolder folder, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private readonly Dictionary<Sha256Digest, Flight> _flights = [];
    private readonly ILogger _logger = logger;
    private bool _closed;

    /// <summary>Asks for content, and has it brought if need be.</summary>
    public Boarding Board(Wish wish)
    {
        var content = wish.Content!;
        return Board(content.Digest, wish, () => new FlightPlan(content.Digest, content, null, content.Origin is { } origin ? AddressKey.Of(origin) : null)
        {
            Ahead = wish.Kind == WishKind.Hold,
        });
    }

    /// <summary>Asks for what an address holds, by whichever flight brings it.</summary>
    public Boarding Board(Uri address, Sha256Digest key, Wish wish)
    {
        lock (gate)
        {
            var named = _flights.Values.FirstOrDefault(f => f.Plan is { Content: not null, OnlyCheck: false } && f.Plan.AddressKey == key && f.Trusted && !f.Deserted);
            return BoardFlight(named?.Name ?? key, wish, () => new FlightPlan(key, null, address, key));
        }
    }

    /// <summary>Asks for content that is present or on its way.</summary>
    /// <returns>Null if it is neither.</returns>
    public Boarding? BoardIfPresent(Sha256Digest digest, Wish wish)
    {
        shelf.Open();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
            if (open.TryHold(digest) is { } file)
            {
                return Hit(file, wish);
            }

            if (_flights.TryGetValue(digest, out var flight) && flight is { Plan.Content: { } wanted })
            {
                return BoardFlight(digest, wish, () => throw new InvalidOperationException($"The flight of {wanted.Digest} is there."));
            }

            return shelf.SizeOf(digest) is > 0 and var size
                ? BoardFlight(digest, wish, () => new FlightPlan(digest, new ContentReference(digest, size, null), null, null) { OnlyCheck = true })
                : null;
        }
    }

    /// <summary>Leaves a flight that was joined.</summary>
    public void Leave(Flight flight, Wish wish)
    {
        bool deserted;
        lock (gate)
        {
            flight.Leave(wish);
            deserted = flight.Deserted;
            if (flight is { Waiters: 0, Result.IsCompletedSuccessfully: true })
            {
                open.Release(flight.Result.Result);
            }
        }

        if (deserted)
        {
            LogDeserted(flight.Name);
            flight.Cancel();
        }
    }

    /// <summary>One more holder of a file that the caller holds, as a waiter of its flight or otherwise.</summary>
    public void Hold(VerifiedFile file)
    {
        lock (gate)
        {
            open.Hold(file);
        }
    }

    /// <summary>Notes that a holder uses the content.</summary>
    public void Use(VerifiedFile file)
    {
        lock (gate)
        {
            open.Use(file);
        }
    }

    public void Release(VerifiedFile file)
    {
        lock (gate)
        {
            open.Release(file);
        }
    }

    public Flight[] Underway()
    {
        lock (gate)
        {
            return [.. _flights.Values];
        }
    }

    /// <summary>Starts no more flights.</summary>
    /// <returns>Those that are under way.</returns>
    public Flight[] Close()
    {
        lock (gate)
        {
            _closed = true;
            return [.. _flights.Values];
        }
    }

    private Boarding Board(Sha256Digest name, Wish wish, Func<FlightPlan> plan)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
            return open.TryHold(name) is { } file ? Hit(file, wish) : BoardFlight(name, wish, plan);
        }
    }

    private Boarding Hit(VerifiedFile file, Wish wish)
    {
        CountHit(wish);
        return new Boarding(file, null, false, false);
    }

    private Boarding BoardFlight(Sha256Digest name, Wish wish, Func<FlightPlan> plan)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
        var mine = !_flights.TryGetValue(name, out var flight);
        flight ??= Start(plan());
        var joined = !flight.Deserted && (wish.Content is null || flight.Plan.Content is not null);
        if (joined)
        {
            flight.Join(wish);
        }

        if (joined && !mine)
        {
            CountHit(wish);
        }

        return new Boarding(null, flight, joined, mine);
    }

    private void CountHit(Wish wish)
    {
        if (wish.Kind is WishKind.Update or WishKind.Feed)
        {
            metrics.Hit();
        }
    }

    /// <summary>Whether another flight may bring by an address what this one is to bring by a digest, or the other way round.</summary>
    private static bool Overtakes(FlightPlan other, FlightPlan plan) =>
        !other.OnlyCheck && plan.AddressKey is { } key && other.AddressKey == key && (other.Content is null) != (plan.Content is null);

    private Flight Start(FlightPlan plan)
    {
        var flight = new Flight(plan, new CancellationTokenSource());
        var ahead = plan.OnlyCheck ? null : _flights.Values.FirstOrDefault(f => Overtakes(f.Plan, plan) && !f.Deserted);
        var wish = new Wish(WishKind.Check);
        ahead?.Join(wish);
        _flights.Add(plan.Name, flight);
        _ = Task.Run(() => FlyAsync(flight, ahead, wish));
        return flight;
    }

    private async Task FlyAsync(Flight flight, Flight? ahead, Wish wish)
    {
        try
        {
            if (ahead is not null)
            {
                await WaitForAsync(ahead, wish, flight);
            }

            var (file, pin, tag) = await hangar.BringAsync(flight);
            lock (gate)
            {
                _flights.Remove(flight.Name);
                file = open.Add(file, pin); // held by the flight until its waiters have left
                if (flight.Used)
                {
                    open.Use(file);
                }

                flight.Succeed(file, tag);
                if (flight.Waiters == 0)
                {
                    open.Release(file);
                }
            }
        }
#pragma warning disable CA1031 // whatever it is belongs to those who wait
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = DiskProblem.IsDiskError(e) ? DiskProblem.Of(e, flight.Plan.Describe(), folder.Root) : e;
            if (why is ContentException reason && !(flight.Plan.OnlyCheck && reason.Failure == ContentFailure.NotFound))
            {
                LogFailed(flight.Name, reason.Failure, reason.Message);
            }

            lock (gate)
            {
                _flights.Remove(flight.Name);
                flight.Fail(why);
            }
        }
    }

    /// <summary>The content may be on its way by its address: if that brings it, nothing is left to fetch.</summary>
    private async Task WaitForAsync(Flight ahead, Wish wish, Flight flight)
    {
        try
        {
            var begun = await ahead.Arrival.BegunAsync(bytes: false, flight.Cancelled);
            if (begun.Failure is null && (flight.Plan.Content is not { } content || begun.Version?.Size == content.Size))
            {
                await ahead.Ended.WaitAsync(flight.Cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Leave(ahead, wish);
        }
    }

    [LoggerMessage(3041, LogLevel.Warning, "Content {Digest} is not available ({Failure}): {Reason}")]
    private partial void LogFailed(Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(3042, LogLevel.Information, "Content {Digest} is wanted by nobody any more; what came of it is kept.")]
    private partial void LogDeserted(Sha256Digest digest);
}
