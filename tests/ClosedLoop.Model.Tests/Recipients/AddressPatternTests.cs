using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Model.Tests.Recipients;

public sealed class AddressPatternTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com", true)]
    [InlineData("Anna@Example.com", "anna@example.COM", true)]
    [InlineData("anna@example.com", "hanna@example.com", false)]
    [InlineData("*@example.com", "anna@example.com", true)]
    [InlineData("*@example.com", "anna@mail.example.com", false)]
    [InlineData("*@*.example.com", "anna@mail.example.com", true)]
    [InlineData("a?na@*", "anna@x.org", true)]
    [InlineData("a?na@*", "ana@x.org", false)]
    [InlineData("*spam*", "no.spammer@x.org", true)]
    [InlineData("a*b*c@x.org", "aXbXbXc@x.org", true)]
    [InlineData("a*b*c@x.org", "aXbXbX@x.org", false)]
    [InlineData(@"\*@x.org", "*@x.org", true)]
    [InlineData(@"\*@x.org", "anna@x.org", false)]
    [InlineData(@"a\?@x.org", "ab@x.org", false)]
    [InlineData("x*", "x", true)]
    public void Entry_meets_address(string entry, string address, bool meets) => Assert.Equal(meets, AddressPattern.TryParse(entry)!.Matches(address));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*@*")]
    [InlineData("**?")]
    [InlineData("a\\")]
    [InlineData("a\nb@x.org")]
    public void What_means_nobody_or_everybody_is_no_entry(string entry) => Assert.Null(AddressPattern.TryParse(entry));

    [Fact]
    public void The_longest_entry_is_320_characters()
    {
        Assert.NotNull(AddressPattern.TryParse(new string('a', 320)));
        Assert.Null(AddressPattern.TryParse(new string('a', 321)));
    }

    [Fact]
    public void A_literal_entry_gives_its_address()
    {
        Assert.Equal("a*b@x.org", AddressPattern.TryParse(@"a\*b@x.org")!.Literal);
        Assert.False(AddressPattern.TryParse("a*b@x.org")!.IsLiteral);
    }

    [Fact]
    public void Many_stars_do_not_cost_the_earth()
    {
        var pattern = AddressPattern.TryParse(string.Concat(Enumerable.Repeat("a*", 100)) + "b")!;

        Assert.False(pattern.Matches(new string('a', 20_000)));
    }
}
