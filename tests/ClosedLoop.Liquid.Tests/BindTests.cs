using System.Text.Json;

namespace ClosedLoop.Liquid.Tests;

public sealed class BindTests
{
    private static readonly LiquidParseOptions Options = new() { Schema = LiquidSchema.FromColumns(["name", "city"]) };

    [Theory]
    [InlineData("{{ c.title | upcase }}", "AUTUMN")]
    [InlineData("{% if c.title == 'Autumn' %}yes{% else %}no{% endif %}", "yes")]
    [InlineData("{% case c.n %}{% when 3 %}three{% else %}other{% endcase %}", "three")]
    [InlineData("{% for i in c.items %}{{ forloop.index }}{{ i.n }}{% unless forloop.last %},{% endunless %}{% endfor %}", "1a,2b,3c")]
    [InlineData("{% for i in c.items reversed limit: 2 %}{{ i.n }}{% endfor %}", "ba")]
    [InlineData("{% for i in c.none %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for i in c.items %}{% for j in c.items %}{{ forloop.parentloop.index }}{{ j.n }}{% endfor %}{% endfor %}", "1a1b1c2a2b2c3a3b3c")]
    [InlineData("{% for i in (1..c.n) %}{{ i }}{% endfor %}", "123")]
    public void What_depends_on_frozen_data_alone_becomes_constant(string source, string expected)
    {
        var template = LiquidTemplate.Parse(source, Options).Bind(Frozen());

        Assert.Equal(expected, template.RenderToString());
        Assert.True(template.IsConstant);
    }

    [Theory]
    [InlineData("{% for i in c.items %}{{ i.n }}{{ name }}{% endfor %}", "aAnnbAnncAnn")]
    [InlineData("{% for i in c.items %}{% if name == 'Ann' %}{% if forloop.index == 2 %}{% break %}{% endif %}{% endif %}{{ i.n }}{% endfor %}", "a")]
    [InlineData("{% for i in c.items %}{% if name == 'Ann' %}{% continue %}{% endif %}{{ i.n }}{% endfor %}.", ".")]
    [InlineData("{% for i in c.items %}{% assign last = i.n %}{% endfor %}{{ last }}{{ name }}", "cAnn")]
    [InlineData("{% assign c = name %}{{ c }}", "Ann")]
    [InlineData("{% for i in c.items %}{% cycle 'x', 'y' %}{% endfor %}{{ name }}", "xyxAnn")]
    [InlineData("{% if c.title == 'Autumn' and name == 'Ann' %}both{% endif %}", "both")]
    [InlineData("{{ c.title | append: name }}", "AutumnAnn")]
    public void What_depends_on_the_recipient_stays(string source, string expected)
    {
        var template = LiquidTemplate.Parse(source, Options).Bind(Frozen());

        Assert.Equal(expected, SlotTests.Render(template, new TestRow("Ann", "Ulm")));
        Assert.False(template.IsConstant);
    }

    [Fact]
    public void An_error_in_folded_code_is_reported_only_when_reached()
    {
        var template = LiquidTemplate.Parse("{% if name == 'Ann' %}{{ c.n | divided_by: 0 }}{% endif %}ok", Options).Bind(Frozen());

        Assert.Equal("ok", SlotTests.Render(template, new TestRow("Bob", "Ulm")));
        var error = Assert.Throws<LiquidRenderException>(() => SlotTests.Render(template, new TestRow("Ann", "Ulm")));
        Assert.Equal(LiquidErrorCode.DivisionByZero, error.Code);
    }

    [Fact]
    public void The_bound_template_leaves_the_first_one_as_it_was()
    {
        var template = LiquidTemplate.Parse("{{ c.title }}", Options);
        _ = template.Bind(Frozen());

        Assert.Equal("", template.RenderToString());
        Assert.Equal("other", template.RenderToString(new Dictionary<string, object?> { ["c"] = new Dictionary<string, object?> { ["title"] = "other" } }));
    }

    private static JsonElement Frozen() => JsonDocument.Parse(
        """{"c": {"title": "Autumn", "n": 3, "none": [], "items": [{"n": "a"}, {"n": "b"}, {"n": "c"}]}}""").RootElement;
}
