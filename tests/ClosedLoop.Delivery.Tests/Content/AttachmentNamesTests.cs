using ClosedLoop.Delivery.Content;

namespace ClosedLoop.Delivery.Tests.Content;

public sealed class AttachmentNamesTests
{
    [Theory]
    [InlineData("terms.pdf", "terms.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.txt", "a.txt")]
    [InlineData("a\r\nb\u202Etxt.exe", "abtxt.exe")]
    [InlineData("a<b>:\"c|?*.pdf", "a_b___c___.pdf")]
    [InlineData(" .hidden. ", "hidden")]
    [InlineData("Preise\u00A0€.pdf", "Preise €.pdf")]
    [InlineData("..", null)]
    [InlineData("/", null)]
    [InlineData("", null)]
    public void A_name_is_safe_to_save_under(string name, string? expected) => Assert.Equal(expected, AttachmentNames.Clean(name));

    [Fact]
    public void A_long_name_keeps_its_ending()
    {
        Assert.Equal(new string('x', 96) + ".pdf", AttachmentNames.Clean(new string('x', 97) + ".pdf"));
        Assert.Equal(new string('x', 96) + ".pdf", AttachmentNames.Clean(new string('x', 96) + ".pdf"));
        Assert.Equal(100, AttachmentNames.Clean(new string('x', 101))!.Length);
    }

    [Theory]
    [InlineData("application/pdf", "a.PDF", true)]
    [InlineData("image/jpeg", "a.jpeg", true)]
    [InlineData("text/plain", "a.csv", false)]
    [InlineData("application/zip", "a.docx", false)]
    public void Type_and_ending_agree(string type, string name, bool agree) => Assert.Equal(agree, AttachmentTypes.Agree(type, name));

    [Theory]
    [InlineData("a.exe")]
    [InlineData("a.html")]
    [InlineData("a.svg")]
    [InlineData("a")]
    public void Other_types_are_not_attached(string name) => Assert.Null(AttachmentTypes.OfName(name));
}
