
namespace EdgeGateway.Content;

/// <summary>Content fetched ahead and kept for somebody who will want it later.</summary>
/// <remarks>
/// Thread-safe. A hold survives restarts, and ends when its time is over or when somebody else uses the content; what is left of it then is
/// content like any other. Holds have a share of the store of their own (<see cref="ContentOptions.MaxHeldBytes"/>), and never take room from
/// running updates: if one of these finds no other room, held content goes.
/// </remarks>
public interface IContentHolds
{
    /// <summary>All holds that are in force, soonest to end first.</summary>
    IReadOnlyList<ContentHold> Holds { get; }

    /// <summary>Brings content here if it is not present, and keeps it until <paramref name="until"/>. A later hold on the same content replaces the earlier.</summary>
    /// <param name="content">What is to be held.</param>
    /// <param name="until">When the hold ends if nobody used the content before.</param>
    /// <param name="progress">Told the bytes present so far, at last all of them; on any thread; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends the wait; what has arrived stays for the next time.</param>
    /// <exception cref="ContentException">With the reason; <see cref="ContentFailure.StoreFull"/> where the share of the holds is used up.</exception>
    Task<ContentHold> HoldAsync(ContentReference content, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Ends a hold early.</summary>
    /// <returns>False if there was none.</returns>
    bool Release(Sha256Digest digest);
}
