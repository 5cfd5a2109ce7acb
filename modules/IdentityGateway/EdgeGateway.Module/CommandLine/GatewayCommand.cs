namespace EdgeGateway.Module.CommandLine;

/// <summary>What the executable is asked to do.</summary>
public enum GatewayCommand
{
    /// <summary>Be the gateway.</summary>
    Run,

    /// <summary>Say whether the settings are right.</summary>
    Check,

    /// <summary>Ask the running gateway whether it is alive.</summary>
    Health,

    /// <summary>Say what can be asked.</summary>
    Help,

    /// <summary>Say which version this is.</summary>
    Version,
}
