namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>Shows people how the deployment goes.</summary>
public interface IProgressView
{
    /// <summary>Runs <paramref name="work"/>, which hands every snapshot and every notable event to the view.</summary>
    /// <typeparam name="T">Result of the work.</typeparam>
    Task<T> ShowAsync<T>(Func<IProgressSink, Task<T>> work);
}
