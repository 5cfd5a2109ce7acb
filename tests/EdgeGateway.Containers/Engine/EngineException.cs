using System.Net;

namespace EdgeGateway.Containers.Engine;

/// <summary>The engine refused a call, or a command of its client failed. The message has its words.</summary>
public sealed class EngineException(string message, HttpStatusCode? status = null) : Exception(message)
{
    /// <summary>Status of the refused call; null for a command.</summary>
    public HttpStatusCode? Status { get; } = status;
}
