namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>Stands for the end of the process: nothing in the product handles it as its own.</summary>
internal sealed class KilledException : Exception;
