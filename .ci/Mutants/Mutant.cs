using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeGateway.Mutants;

/// <summary>One change to one file.</summary>
/// <param name="File">Path from the root of the checkout.</param>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Start">Index of the first replaced character.</param>
/// <param name="Before">The replaced text.</param>
/// <param name="After">The text in its place.</param>
/// <param name="Operator">The kind of change.</param>
internal sealed record Mutant(string File, int Line, int Start, string Before, string After, string Operator)
{
    /// <summary>Gets a text that is the same in every run.</summary>
    public string Key => $"{File}:{Line}:{Start} {Operator} {OneLine(Before)} => {OneLine(After)}";

    /// <summary>Returns the content of the file with the change.</summary>
    public string Apply(string content) => string.Concat(content.AsSpan(0, Start), After, content.AsSpan(Start + Before.Length));

    /// <summary>Lists all mutants of a file.</summary>
    public static IEnumerable<Mutant> In(string file, string content)
    {
        var root = CSharpSyntaxTree.ParseText(content).GetRoot();
        foreach (var node in root.DescendantNodes())
        {
            foreach (var (at, after, kind) in Changes(node))
            {
                yield return new Mutant(file, at.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1, at.Span.Start, at.ToString(), after, kind);
            }
        }
    }

    private static IEnumerable<(SyntaxNodeOrToken At, string After, string Kind)> Changes(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not null)
        {
            yield break; // texts of logs and ranges of settings
        }

        switch (node)
        {
            case BinaryExpressionSyntax binary when Other(binary.OperatorToken.Text) is { } others:
                foreach (var other in others.Where(_ => !IsText(binary)))
                {
                    yield return (binary.OperatorToken, other, "operator");
                }

                break;
            case IfStatementSyntax or WhileStatementSyntax or ConditionalExpressionSyntax when Condition(node) is { } condition and not IsPatternExpressionSyntax:
                yield return (condition, $"!({condition})", "negation");
                break;
            case RelationalPatternSyntax relational when Other(relational.OperatorToken.Text) is { } others:
                yield return (relational.OperatorToken, others[0], "boundary");
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.TrueLiteralExpression) || literal.IsKind(SyntaxKind.FalseLiteralExpression):
                yield return (literal, literal.Token.Text == "true" ? "false" : "true", "boolean");
                break;
            case LiteralExpressionSyntax literal when literal.Token.Value is int number && node.FirstAncestorOrSelf<EnumMemberDeclarationSyntax>() is null:
                yield return (literal, (number == 0 ? 1 : number - 1).ToString(null, null), "constant");
                break;
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } statement when !IsLog(statement):
                yield return (statement, ";", "removed call");
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } statement when assignment.Parent == statement:
                yield return (statement, ";", "removed assignment");
                break;
            case PostfixUnaryExpressionSyntax postfix when postfix.OperatorToken.Text is "++" or "--":
                yield return (postfix.OperatorToken, postfix.OperatorToken.Text == "++" ? "--" : "++", "arithmetic");
                break;
            case ReturnStatementSyntax { Expression: not null and not LiteralExpressionSyntax } result when node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is
                { ReturnType: PredefinedTypeSyntax { Keyword.Text: "bool" or "int" or "long" } }:
                yield return (result.Expression!, "default", "return value");
                break;
            default:
                break;
        }
    }

    private static ExpressionSyntax Condition(SyntaxNode node) => node switch
    {
        IfStatementSyntax branch => branch.Condition,
        WhileStatementSyntax loop => loop.Condition,
        var other => ((ConditionalExpressionSyntax)other).Condition,
    };

    private static string[]? Other(string op) => op switch
    {
        "<" => ["<=", ">="],
        "<=" => ["<", ">"],
        ">" => [">=", "<="],
        ">=" => [">", "<"],
        "==" => ["!="],
        "!=" => ["=="],
        "&&" => ["||"],
        "||" => ["&&"],
        "+" => ["-"],
        "-" => ["+"],
        "*" => ["/"],
        "/" => ["*"],
        "%" => ["*"],
        _ => null,
    };

    private static bool IsText(BinaryExpressionSyntax binary) =>
        binary.DescendantNodes().Any(n => n.IsKind(SyntaxKind.StringLiteralExpression) || n.IsKind(SyntaxKind.InterpolatedStringExpression))
        && binary.IsKind(SyntaxKind.AddExpression);

    private static bool IsLog(ExpressionStatementSyntax statement) => statement.ToString().Contains("Log", StringComparison.Ordinal)
        || statement.ToString().Contains("ConfigureAwait", StringComparison.Ordinal) || statement.ToString().StartsWith("ArgumentNullException", StringComparison.Ordinal);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
}
