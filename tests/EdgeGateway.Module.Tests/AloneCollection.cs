using System.Diagnostics.CodeAnalysis;

namespace EdgeGateway.Module.Tests;

/// <summary>Tests that change the process, and so run while no others do.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "It is a collection, of tests.")]
public sealed class AloneCollection;
