using System.Text.RegularExpressions;

namespace EdgeGateway.Architecture.Tests;

/// <summary>Compares docs/glossary.md with the code: one word, one meaning, and each named type exists.</summary>
public sealed class GlossaryTests
{
    private static readonly string Code = string.Concat(Repository.Files("*.cs", "modules").Select(Repository.Read));

    [Fact]
    public void Terms_Each_StandsOnceAndInOrder()
    {
        var terms = GlossaryPage.Terms.Select(row => row[0]).ToList();

        terms.Should().HaveCountGreaterThan(30).And.OnlyHaveUniqueItems();
        terms.Should().Equal(terms.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Terms_Types_Exist()
    {
        var types = GlossaryPage.Terms.SelectMany(row => GlossaryPage.InBackticks(row[2]));

        types.Where(type => !Regex.IsMatch(Code, $@"\b(class|record|struct|interface|enum) {type}\b")).Should().BeEmpty();
    }
}
