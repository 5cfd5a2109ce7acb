using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Mutants;

// Changes one line of the product at a time and runs the tests of its project; called by ./test.sh --mutants N --seed S.
const string Product = "modules/IdentityGateway";
const int Wanted = 85;
var buildLimit = TimeSpan.FromMinutes(10);
var testLimit = TimeSpan.FromMinutes(10);

if (args is not [var countText, var seedText] || !int.TryParse(countText, CultureInfo.InvariantCulture, out var count)
    || !int.TryParse(seedText, CultureInfo.InvariantCulture, out var seed))
{
    Console.Error.WriteLine("Usage: EdgeGateway.Mutants N SEED, in the root of the checkout");
    return 2;
}

var root = Directory.GetCurrentDirectory();
var artifacts = Path.Combine(root, "artifacts", "mutants");
var tree = Path.Combine(artifacts, "tree");
var results = Path.Combine(artifacts, $"seed-{seed}.tsv");
Directory.CreateDirectory(artifacts);
var files = Copy();
var mutants = files.Where(IsProduct).Order(StringComparer.Ordinal)
    .SelectMany(file => Mutant.In(file, File.ReadAllText(Path.Combine(tree, file)))).ToArray();
new Random(seed).Shuffle(mutants);

var known = File.Exists(results)
    ? File.ReadLines(results).Select(line => line.Split('\t', 2)).DistinctBy(parts => parts[1]).ToDictionary(parts => parts[1], parts => parts[0])
    : [];
Console.WriteLine($"{mutants.Length} mutants in {files.Count(IsProduct)} files; {count} of them with seed {seed}; results in {Path.GetRelativePath(root, results)}");
var outcomes = new List<(Mutant Mutant, string Outcome)>();
var baselines = new Dictionary<string, bool>();
foreach (var mutant in mutants)
{
    if (outcomes.Count == count)
    {
        break;
    }

    if (!known.TryGetValue(mutant.Key, out var outcome))
    {
        var start = Stopwatch.GetTimestamp();
        outcome = Try(mutant);
        File.AppendAllText(results, $"{outcome}\t{mutant.Key}\n");
        Console.WriteLine($"{outcomes.Count + 1,3} {outcome,-9} {Stopwatch.GetElapsedTime(start).TotalSeconds,4:0} s  {mutant.Key}");
    }

    if (outcome is not "invalid")
    {
        outcomes.Add((mutant, outcome));
    }
}

foreach (var (mutant, _) in outcomes.Where(o => o.Outcome == "survived"))
{
    var content = File.ReadAllText(Path.Combine(tree, mutant.File));
    Console.WriteLine($"\nsurvived: {mutant.File}:{mutant.Line} ({mutant.Operator})");
    Console.WriteLine("- " + content.Split('\n')[mutant.Line - 1].Trim());
    Console.WriteLine("+ " + mutant.Apply(content).Split('\n')[mutant.Line - 1].Trim());
}

var killed = outcomes.Count(o => o.Outcome is "killed");
var timeouts = outcomes.Count(o => o.Outcome is "timeout");
var noticed = outcomes.Count == 0 ? 0 : 100 * (killed + timeouts) / outcomes.Count;
Console.WriteLine($"\n{killed} killed, {timeouts} timeouts, {outcomes.Count - killed - timeouts} survived: {noticed} % noticed, wanted are {Wanted} %");
return noticed >= Wanted ? 0 : 1;

static bool IsProduct(string file) => file.StartsWith(Product, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal);

// The tree of the caller is never changed.
IReadOnlyList<string> Copy()
{
    var list = Run(root, TimeSpan.FromMinutes(1), "git", "ls-files", "--cached", "--others", "--exclude-standard").Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(root, file))).ToList();
    if (Directory.Exists(tree))
    {
        foreach (var old in Directory.EnumerateFiles(tree, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(tree, f)))
        {
            if (!old.StartsWith("artifacts", StringComparison.Ordinal) && !list.Contains(old))
            {
                File.Delete(Path.Combine(tree, old));
            }
        }
    }

    foreach (var file in list)
    {
        var target = Path.Combine(tree, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(root, file))))
        {
            File.Copy(Path.Combine(root, file), target, overwrite: true);
        }
    }

    return list;
}

string Try(Mutant mutant)
{
    var project = mutant.File.Split('/')[2] + ".Tests";
    if (!Directory.Exists(Path.Combine(tree, "tests", project)))
    {
        return "invalid"; // no tests of its own
    }

    var mirror = Path.GetFileNameWithoutExtension(mutant.File);
    if (!baselines.TryGetValue(project, out var isGood))
    {
        isGood = Build(project) && Test(project, null) == "survived";
        baselines[project] = isGood;
        Console.WriteLine($"    {project} without a mutant: {(isGood ? "passes" : "fails; its mutants are left out")}");
    }

    if (!isGood)
    {
        return "invalid";
    }

    var path = Path.Combine(tree, mutant.File);
    var content = File.ReadAllText(path);
    try
    {
        File.WriteAllText(path, mutant.Apply(content));
        if (!Build(project))
        {
            return "invalid"; // the compiler notices
        }

        // the tests of the file first: they are few, and most mutants fall there
        var outcome = Test(project, mirror);
        return outcome == "survived" ? Test(project, null) : outcome;
    }
    finally
    {
        File.WriteAllText(path, content);
    }
}

bool Build(string project) =>
    Run(tree, buildLimit, "dotnet", "build", $"tests/{project}", "-v", "quiet", "--nologo", "-clp:ErrorsOnly", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false").Exit == 0;

string Test(string project, string? filter)
{
    string[] all = ["test", $"artifacts/bin/{project}/debug/{project}.dll", "--nologo", .. filter is null ? [] : new[] { "--filter", filter }, "--", "xUnit.StopOnFail=true"];
    return Run(tree, testLimit, "dotnet", all).Exit switch
    {
        0 => "survived",
        null => "timeout",
        _ => "killed",
    };
}

static (int? Exit, string Output) Run(string folder, TimeSpan limit, string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
    var output = process.StandardOutput.ReadToEndAsync();
    var errors = process.StandardError.ReadToEndAsync();
    if (process.WaitForExit((int)limit.TotalMilliseconds))
    {
        return (process.ExitCode, output.Result + errors.Result);
    }

    process.Kill(entireProcessTree: true);
    return (null, "");
}
