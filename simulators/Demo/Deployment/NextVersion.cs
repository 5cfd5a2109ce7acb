namespace EdgeGateway.Simulators.Demo.Deployment;

/// <summary>Chooses the version to roll out: one that no microcontroller runs yet, so that there is something to update.</summary>
public static class NextVersion
{
    private static readonly Version First = new(2, 0, 0);

    /// <param name="running">Versions that run; what is no version of three numbers is passed over.</param>
    public static Version After(IEnumerable<string> running)
    {
        var highest = running.Select(text => Version.TryParse(text, out var version) ? version : null).Max();
        return highest is { Build: >= 0 } && highest >= First ? new Version(highest.Major, highest.Minor, highest.Build + 1) : First;
    }
}
