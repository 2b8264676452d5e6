using System.Globalization;

namespace ClosedLoop.Liquid.Tests;

/// <summary>The vendors' languages: what their codes write, and that no source breaks the reader.</summary>
public sealed class DialectTests
{
    private static readonly LiquidParseOptions Campaign = new()
    {
        Dialect = LiquidDialect.Campaign,
        Schema = LiquidSchema.FromColumns(["name", "First name", "vip"], ignoreCase: true),
    };

    private static readonly LiquidParseOptions Contactlab = Campaign with { Dialect = LiquidDialect.Contactlab };

    [Theory]
    [InlineData("{name}{ NAME }{first name}", "AdaAdaLove")]
    [InlineData("{nobody} {name", "{nobody} {name")]
    [InlineData("p{color:red}\nq {\nname\n}", "p{color:red}\nq {\nname\n}")]
    [InlineData("{{name}}", "{Ada}")]
    [InlineData("{{ name }} {% if name %}", "{Ada} {% if name %}")]
    public void Campaign_writes_what_it_knows_and_leaves_the_rest(string source, string expected) => Assert.Equal(expected, Render(source, Campaign));

    [Theory]
    [InlineData("<odr:out value=\"a%{user.data.name}b%{user.data.vip}\"/>", "aAdab")]
    [InlineData("<odr:choose><odr:when test=\"%{1 eq '1'}\">y</odr:when></odr:choose>", "y")]
    [InlineData("<odr:choose><odr:when test=\"%{user.data.vip}\">y</odr:when><odr:otherwise>n</odr:otherwise></odr:choose>", "n")]
    [InlineData("<odr:choose><odr:when test=\"%{not isEmpty(user.data.name) and (lower(user.data.name) eq 'ada')}\">y</odr:when></odr:choose>", "y")]
    [InlineData("<odr:choose><odr:when test=\"%{'' or 'x' and ''}\">y</odr:when><odr:otherwise>n</odr:otherwise></odr:choose>", "n")]
    [InlineData("<odr:choose><odr:when test=\"%{not 'a' eq 'b'}\">y</odr:when></odr:choose>", "y")]
    [InlineData("<odr:set var=\"v\" value=\"%{upper(user.data.name)}!\"/>[<odr:out value=\"%{v}\"/>]", "[ADA!]")]
    [InlineData("\n  a\n  <odr:out value=\" b \"/>\n", "a b ")]
    [InlineData("a &amp; b", "a & b")]
    public void A_function_writes_text(string function, string expected) => Assert.Equal(expected, Render("{f}", WithFunction(function)));

    [Fact]
    public void Functions_do_not_see_the_variables_of_others()
    {
        var options = Campaign with
        {
            DialectNames = new LiquidDialectNames
            {
                Functions = new Dictionary<string, string>(StringComparer.Ordinal) { ["f"] = "<odr:set var=\"v\" value=\"1\"/>", ["g"] = "<odr:out value=\"%{v}\"/>" },
            },
        };
        var error = Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse("{f}{g}", options));
        Assert.Equal((LiquidErrorCode.UnknownVariable, "function g"), (error.Code, error.TemplateName));
    }

    [Theory]
    [InlineData("<odr:out value=\"%{x}\"/>", LiquidErrorCode.UnknownVariable, 1, 10)]
    [InlineData("a\n <odr:loop/>", LiquidErrorCode.NotInDialect, 2, 3)]
    [InlineData("<odr:out>", LiquidErrorCode.Syntax, 1, 0)]
    [InlineData("<odr:out value=\"%{product(user.data.name,'title')}\"/>", LiquidErrorCode.NotInDialect, 1, 10)]
    [InlineData("<odr:out value=\"%{'a}\"/>", LiquidErrorCode.Syntax, 1, 10)]
    [InlineData("<odr:out value=\"%{-}\"/>", LiquidErrorCode.Syntax, 1, 10)]
    [InlineData("<odr:out value=\"%{(1}\"/>", LiquidErrorCode.Syntax, 1, 10)]
    [InlineData("<odr:choose/>", LiquidErrorCode.Syntax, 1, 2)]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", LiquidErrorCode.Syntax, 1, 0)]
    public void A_fault_in_a_function_is_told_with_its_place(string function, string code, int line, int column)
    {
        var error = Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse("{f}", WithFunction(function)));
        Assert.Equal((code, "function f", line), (error.Code, error.TemplateName, error.Line));
        if (column > 0) Assert.Equal(column, error.Column);
    }

    [Theory]
    [InlineData("${NAME}$ ${First name}$ ${", "Ada Love ${")]
    [InlineData("%{https://a.example/${name}$}% ^{b}^", "https://a.example/Ada b")]
    [InlineData("5%{ a @ b ^ <b> $1 {x}", "5%{ a @ b ^ <b> $1 {x}")]
    public void Contactlab_writes_what_it_knows_and_leaves_the_rest(string source, string expected) => Assert.Equal(expected, Render(source, Contactlab));

    [Theory]
    [InlineData("a\n${nobody}$", LiquidErrorCode.UnknownVariable, 2, 1)]
    [InlineData("a <% b", LiquidErrorCode.NotInDialect, 1, 3)]
    [InlineData("@{https://a.example}@", LiquidErrorCode.NotInDialect, 1, 1)]
    [InlineData("<@https://a.example@>", LiquidErrorCode.NotInDialect, 1, 1)]
    [InlineData("@(https://a.example)@", LiquidErrorCode.NotInDialect, 1, 1)]
    [InlineData("^(https://a.example)^", LiquidErrorCode.NotInDialect, 1, 1)]
    public void What_Contactlab_cannot_do_here_is_told_with_its_place(string source, string code, int line, int column)
    {
        var error = Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse(source, Contactlab));
        Assert.Equal((code, line, column), (error.Code, error.Line, error.Column));
    }

    [Fact]
    public void A_value_is_never_read_again() => Assert.Equal("${name}${name}", Render("${name}$", Contactlab, "${name}${name}"));

    [Fact]
    public void An_unknown_placeholder_is_a_warning_or_in_the_strict_mode_an_error()
    {
        var warning = Assert.Single(LiquidTemplate.Parse("a\n {nane}", Campaign).Warnings);
        Assert.Equal((LiquidWarningCode.UnknownPlaceholder, 2, 2), (warning.Code, warning.Line, warning.Column));
        Assert.StartsWith("perhaps 'name'", warning.Expected, StringComparison.Ordinal);
        Assert.Equal(LiquidErrorCode.UnknownVariable, Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse("{nane}", Campaign with { Mode = LiquidMode.Strict })).Code);
    }

    [Fact]
    public void Marks_without_end_stay_as_they_are_and_are_read_soon()
    {
        foreach (var mark in new[] { "{", "${", "%{", "<{", "<@" })
        {
            var source = string.Concat(Enumerable.Repeat(mark, 100_000));
            Assert.Equal(source, Render(source, mark == "{" ? Campaign : Contactlab));
        }
    }

    [Fact]
    public void Any_source_ends_in_text_or_in_an_error_of_the_library()
    {
        string[] pieces = ["{", "}", "${", "}$", "<{", "}>", "%{", "}%", "^{", "}^", "@{", "<@", "<%", "name", "f", " ", "\n", "<a href=\"", "\"", ">", "<style>", "</style>", "ü", "'", "{% link 1 %}", "<odr:out value=\"", "%{user.data.name", "not ", " eq ", "(", ")", "/>", "lower("];
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var source = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => pieces[random.Next(pieces.Length)]));
            var options = (seed % 3) switch { 0 => Campaign, 1 => Contactlab, _ => WithFunction(source) } with { AutoEscape = (LiquidAutoEscape)(seed % 2 * 2) };
            try
            {
                _ = Render(seed % 3 == 2 ? "{f}" : source, options);
            }
            catch (Exception e) when (e is not LiquidException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {source}: {e}"));
            }
            catch (LiquidException)
            {
                // An error of the library is a good end.
            }
        }
    }

    private static LiquidParseOptions WithFunction(string function) => Campaign with
    {
        DialectNames = new LiquidDialectNames { Functions = new Dictionary<string, string>(StringComparer.Ordinal) { ["f"] = function } },
    };

    private static string Render(string source, LiquidParseOptions options, string name = "Ada") =>
        SlotTests.Render(LiquidTemplate.Parse(source, options), new TestRow(name, "Love", null));
}
