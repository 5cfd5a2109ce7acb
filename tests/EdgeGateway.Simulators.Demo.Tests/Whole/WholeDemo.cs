namespace EdgeGateway.Simulators.Demo.Tests.Whole;

/// <summary>Runs of the whole demo, one after the other and beside nothing else: they measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeDemo
{
    public const string Name = "whole demo";
}
