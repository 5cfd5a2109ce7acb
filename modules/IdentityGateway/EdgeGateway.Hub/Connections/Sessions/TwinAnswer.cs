namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>What the hub answered to a twin request.</summary>
/// <param name="Status">As in HTTP.</param>
/// <param name="Version">Version of the reported section; null where none was sent.</param>
/// <param name="Body">Content.</param>
internal sealed record TwinAnswer(int Status, long? Version, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The refusal as an exception.</summary>
    public HubException ToException(string request)
    {
        var (failure, why) = Status switch
        {
            400 or 413 => (HubFailure.BadRequest, "its content is refused"),
            401 or 403 or 404 => (HubFailure.Unauthorized, "the identity is refused"),
            429 => (HubFailure.Throttled, "too many requests"),
            408 or 504 => (HubFailure.TimedOut, "the hub did not get it done in time"),
            >= 500 => (HubFailure.Unreachable, "the hub is in trouble"),
            _ => (HubFailure.ProtocolError, "an unknown status"),
        };
        return new HubException(failure, $"The hub answered {request} with status {Status}: {why}.");
    }
}
