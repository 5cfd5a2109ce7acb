namespace EdgeGateway.Hub.Identity;

/// <summary>The IoT Edge security daemon did not do what was asked.</summary>
public sealed class WorkloadException(string message, Exception? inner = null) : Exception(message, inner);
