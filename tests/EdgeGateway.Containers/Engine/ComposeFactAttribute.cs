namespace EdgeGateway.Containers.Engine;

/// <summary>A test of docker-compose.yml; skipped, with the reason, where there is no engine or no compose.</summary>
public sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute() => Skip = EngineChoice.Current.Missing ?? ComposeChoice.Missing;
}
