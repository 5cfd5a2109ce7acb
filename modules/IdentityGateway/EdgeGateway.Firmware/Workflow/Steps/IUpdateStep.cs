namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Does the work of one phase.</summary>
internal interface IUpdateStep
{
    /// <summary>Works until something happens that ends the phase. What it throws is mapped by <see cref="Failures.FailureMap"/>.</summary>
    Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken);
}
