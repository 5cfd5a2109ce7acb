using System.Globalization;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Fuzzing;

/// <summary>Runs every target on mutated inputs: 30,000 from a fixed seed, and with <c>./test.sh --full</c> 1,000,000 from a new one.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FixedSeed = 8;
    private const int FewRuns = 30_000;
    private const int ManyRuns = 1_000_000;

    /// <summary>The most bytes that one input may make a reader allocate, for the checks of the target too.</summary>
    private const long MaxAllocation = 4 * 1024 * 1024;

    public static TheoryData<string> Names => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_MutatedInputs_RulesHold(string name)
    {
        var target = FuzzTarget.All.Single(t => t.Name == name);
        var isFull = Environment.GetEnvironmentVariable("EDGEGATEWAY_FULL") is not null;
        var seed = isFull ? Seed.Take(output) : FixedSeed;
        var runs = isFull ? ManyRuns : FewRuns;
        var mutator = new Mutator(target, seed);
        var accepted = 0;
        for (var run = 0; run < runs; run++)
        {
            var input = mutator.Next();
            if (RunOne(target, input, seed, run))
            {
                accepted++;
                mutator.Keep(input);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: seed {seed}, {runs} executions, {accepted} accepted"));
        accepted.Should().BeGreaterThan(runs / 100, "inputs that are all refused test little");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Seeds_AreAccepted(string name)
    {
        var target = FuzzTarget.All.Single(t => t.Name == name);

        target.Seeds.Count(target.Run).Should().BeGreaterThanOrEqualTo(2);
    }

    private static bool RunOne(FuzzTarget target, byte[] input, int seed, int run)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var accepted = target.Run(input);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return allocated <= MaxAllocation ? accepted : throw new FuzzException($"{allocated} bytes were allocated.");
        }
        catch (Exception e)
        {
            throw new FuzzException($"{target.Name}, seed {seed}, execution {run}, input {Convert.ToHexString(input)}: {e}");
        }
    }
}
