using ClosedLoop.Silo.Logging;

namespace ClosedLoop.Silo.Tests.Logging;

public sealed class AddressMaskTests
{
    [Theory]
    [InlineData("550 5.1.1 <anna.berg@example.org>: unknown", "550 5.1.1 <a***@example.org>: unknown")]
    [InlineData("to anna@example.org, bob+x@mail.example.co.uk", "to a***@example.org, b***@mail.example.co.uk")]
    [InlineData("jürgen@müller.example.", "j***@müller.example.")]
    [InlineData("no address here, 12@", "no address here, 12@")]
    public void Addresses_keep_their_first_letter_and_domain(string text, string expected) => Assert.Equal(expected, AddressMask.Apply(text));
}
