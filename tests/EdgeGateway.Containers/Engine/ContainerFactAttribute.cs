namespace EdgeGateway.Containers.Engine;

/// <summary>A test in containers; skipped, with the reason, where there is no engine and none can be started.</summary>
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute() => Skip = EngineChoice.Current.Missing;
}
