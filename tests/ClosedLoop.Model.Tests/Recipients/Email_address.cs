using System.Text;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Model.Tests.Recipients;

public sealed class Email_address
{
    private static readonly string L64 = new('l', 64);
    private static readonly string D63 = new('d', 63);

    [Theory]
    [InlineData("anna.berg@example.org", "anna.berg@example.org")]
    [InlineData("  Anna@Example.ORG\t", "Anna@example.org")]
    [InlineData("a!#$%&'*+/=?^_{|}~-`z@x-y.example", "a!#$%&'*+/=?^_{|}~-`z@x-y.example")]
    [InlineData("a@1.2.3.de", "a@1.2.3.de")]
    [InlineData("a@sub.4you", "a@sub.4you")]
    [InlineData("käthe@example.org", null)]
    [InlineData("a@bücher.example", "a@xn--bcher-kva.example")]
    [InlineData("a@BÜCHER.Example", "a@xn--bcher-kva.example")]
    [InlineData("\u00A0a@example.org\u00A0", "a@example.org")]
    [InlineData("a@xn--bcher-kva.example", "a@xn--bcher-kva.example")]
    public void Is_trimmed_with_its_domain_in_lower_case_and_ascii(string address, string? expected) =>
        Assert.Equal(expected, EmailAddress.TryNormalise(address));

    [Theory]
    [InlineData("", EmailFault.Empty)]
    [InlineData(" \t ", EmailFault.Empty)]
    [InlineData("nobody", EmailFault.NoAt)]
    [InlineData("a@b@example.org", EmailFault.SeveralAts)]
    [InlineData("@example.org", EmailFault.LocalPartLength)]
    [InlineData("a b@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("\"a\"@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\n@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("ä@example.org", EmailFault.LocalPartNotAscii)]
    [InlineData(".a@example.org", EmailFault.LocalPartDot)]
    [InlineData("a.@example.org", EmailFault.LocalPartDot)]
    [InlineData("a..b@example.org", EmailFault.LocalPartDot)]
    [InlineData("a@example", EmailFault.DomainLabels)]
    [InlineData("a@", EmailFault.DomainLabelLength)]
    [InlineData("a@example..org", EmailFault.DomainLabelLength)]
    [InlineData("a@.example.org", EmailFault.DomainLabelLength)]
    [InlineData("a@example.org.", EmailFault.DomainLabelLength)]
    [InlineData("a@-example.org", EmailFault.DomainHyphen)]
    [InlineData("a@example-.org", EmailFault.DomainHyphen)]
    [InlineData("a@exam_ple.org", EmailFault.DomainCharacter)]
    [InlineData("a@exa mple.org", EmailFault.DomainCharacter)]
    [InlineData("a@[10.0.0.1]", EmailFault.DomainCharacter)]
    [InlineData("a@10.0.0.1", EmailFault.DomainNumeric)]
    [InlineData("a@\u2028.example", EmailFault.DomainNotIdn)]
    public void Broken_rule_is_named(string address, EmailFault expected)
    {
        Assert.Equal(expected, Fault(address));
        Assert.NotEmpty(EmailAddress.Describe(expected));
    }

    [Theory]
    [InlineData("käthe@Example.org", "käthe@example.org")]
    [InlineData("用户@例え.example", "用户@xn--r8jz45g.example")]
    [InlineData("a.ä-b@example.org", "a.ä-b@example.org")]
    public void Letters_beyond_ascii_are_kept_where_they_are_allowed(string address, string expected)
    {
        var output = new byte[EmailAddress.MaxLength];
        Assert.Equal(EmailFault.None, EmailAddress.Normalise(Encoding.UTF8.GetBytes(address), output, out var written, utf8Local: true));
        Assert.Equal(expected, Encoding.UTF8.GetString(output, 0, written));
    }

    [Theory]
    [InlineData("ä b@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("ä\r\nRCPT@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("ä<b>@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\u200Bb@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\u00A0b@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\u0085b@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\u202Eb@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("a\uE000b@example.org", EmailFault.LocalPartCharacter)]
    [InlineData("ä..b@example.org", EmailFault.LocalPartDot)]
    [InlineData("ääääääääääääääääääääääääääääääääa@example.org", EmailFault.LocalPartLength)]
    public void What_cannot_be_seen_or_means_something_else_is_refused_beside_them(string address, EmailFault expected) =>
        Assert.Equal(expected, EmailAddress.Normalise(Encoding.UTF8.GetBytes(address), new byte[EmailAddress.MaxLength], out _, utf8Local: true));

    [Fact]
    public void Octets_that_are_no_utf8_are_refused() =>
        Assert.Equal(EmailFault.LocalPartCharacter, EmailAddress.Normalise([(byte)'a', 0xC3, (byte)'@', (byte)'b', (byte)'.', (byte)'d', (byte)'e'], new byte[EmailAddress.MaxLength], out _, utf8Local: true));

    [Fact]
    public void Lengths_are_crossed_by_one()
    {
        Assert.Equal(EmailFault.None, Fault($"{L64}@example.org"));
        Assert.Equal(EmailFault.LocalPartLength, Fault($"{L64}l@example.org"));
        Assert.Equal(EmailFault.None, Fault($"a@{D63}.example.org"));
        Assert.Equal(EmailFault.DomainLabelLength, Fault($"a@{D63}d.example.org"));
        var longest = $"{L64}@{D63}.{D63}.{new string('d', 58)}.de";
        Assert.Equal(254, longest.Length);
        Assert.Equal(EmailFault.None, Fault(longest));
        Assert.Equal(EmailFault.TooLong, Fault(longest + "e"));
    }

    private static EmailFault Fault(string address) =>
        EmailAddress.Normalise(Encoding.UTF8.GetBytes(address), new byte[EmailAddress.MaxLength], out _);
}
