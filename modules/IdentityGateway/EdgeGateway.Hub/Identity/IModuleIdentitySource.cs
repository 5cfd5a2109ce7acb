namespace EdgeGateway.Hub.Identity;

/// <summary>Gives the module's own identity.</summary>
public interface IModuleIdentitySource
{
    /// <summary>The identity; null where the process does not run as a module.</summary>
    ModuleIdentity? Current { get; }
}
