using EdgeGateway.Fuzzing;
using SharpFuzz;

// Entry point for AFL (afl-fuzz) and libFuzzer, after sharpfuzz has instrumented the assembly under test; see docs/testing.md.
var target = FuzzTarget.All.SingleOrDefault(t => args.Length > 0 && t.Name == args[0]);
switch (args)
{
    case [_, "--seeds", var folder] when target is not null:
        Directory.CreateDirectory(folder);
        for (var i = 0; i < target.Seeds.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{target.Name}-{i}"), target.Seeds[i]);
        }

        return 0;
    case [_, "--libfuzzer"] when target is not null:
        Fuzzer.LibFuzzer.Run(bytes => target.Run(bytes.ToArray()));
        return 0;
    case [_] when target is not null:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            target.Run(copy.ToArray());
        });
        return 0;
    default:
        Console.Error.WriteLine($"Usage: EdgeGateway.Fuzzing {string.Join('|', FuzzTarget.All)} [--libfuzzer | --seeds FOLDER]");
        return 2;
}
