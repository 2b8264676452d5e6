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
    public void A_cycle_has_no_place_for_a_literal_nil()
    {
        Assert.Equal("abab", LiquidTemplate.Parse("{% for i in (1..4) %}{% cycle 'a', nil, 'b' %}{% endfor %}").RenderToString());
    }

    [Fact]
    public void A_loop_over_frozen_data_still_knows_the_loop_over_other_data_around_it()
    {
        var template = LiquidTemplate.Parse("{% for a in others %}{% for i in c.items %}{{ forloop.parentloop.index }}{{ i.n }}{% endfor %}{% endfor %}", Options).Bind(Frozen());

        Assert.Equal("1a1b1c2a2b2c", template.RenderToString(new Dictionary<string, object?> { ["others"] = new[] { 1, 2 } }));
    }

    [Theory]
    [InlineData("{% render 'card', title: c.title %}{{ name }}", "<Autumn 3>Ann", false)]
    [InlineData("{% for i in c.items %}{% render 'card', title: i.n %}{% endfor %}", "<a 3><b 3><c 3>", true)]
    [InlineData("{% render 'outer' %}", "<Autumn 3>", true)]
    [InlineData("{% render 'greeting', name: c.title %}", "Autumn Ulm", false)]
    [InlineData("{% include 'greeting' %}", "Ann Ulm", false)]
    [InlineData("{% include 'greeting' with c.title %}{% include 'card', title: c.title %}", "Ann Ulm<Autumn 3>", false)]
    [InlineData("{% render 'self', n: c.n %}", "321", false)]
    public void Partials_are_put_in_place_and_folded(string source, string expected, bool isConstant)
    {
        var partials = new LiquidPartials(new Dictionary<string, string>
        {
            ["card"] = "<{{ title }} {{ c.n }}>",
            ["outer"] = "{% render 'card', title: c.title %}",
            ["greeting"] = "{{ name }} {{ city }}",
            ["self"] = "{{ n }}{% if n > 1 %}{% assign m = n | minus: 1 %}{% render 'self', n: m %}{% endif %}",
        });
        var template = LiquidTemplate.Parse(source, Options with { PartialLoader = partials }).Bind(Frozen());

        Assert.Equal(expected, SlotTests.Render(template, new TestRow("Ann", "Ulm")));
        Assert.Equal(isConstant, template.IsConstant);
    }

    [Fact]
    public void Frozen_data_wins_over_a_column_of_the_same_name()
    {
        var template = LiquidTemplate.Parse("{{ name }} {{ name | upcase }}", Options).Bind(new Dictionary<string, object?> { ["name"] = "Eve" });

        Assert.Equal("Eve EVE", SlotTests.Render(template, new TestRow("Ann", "Ulm")));
    }

    [Theory]
    [InlineData("{% render 'none' %}", LiquidErrorCode.PartialNotFound)]
    [InlineData("{% if name %}{% include 'none' %}{% endif %}", LiquidErrorCode.PartialNotFound)]
    [InlineData("{% render 'nested' %}", LiquidErrorCode.PartialNotFound)]
    [InlineData("{% render 'broken' %}", LiquidErrorCode.UnclosedTag)]
    public void Required_partials_must_be_there_when_the_template_is_parsed(string source, string code)
    {
        var partials = new LiquidPartials(new Dictionary<string, string> { ["nested"] = "{% render 'none' %}", ["broken"] = "{{ name" });
        var options = Options with { PartialLoader = partials, RequirePartials = true };

        Assert.Equal(code, Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse(source, options)).Code);
        Assert.NotNull(LiquidTemplate.Parse(source, options with { RequirePartials = false }));
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
