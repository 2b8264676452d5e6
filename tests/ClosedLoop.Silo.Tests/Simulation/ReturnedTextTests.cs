using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class ReturnedTextTests
{
    private static readonly SinkRecord Mail = new()
    {
        N = 7,
        At = DateTime.UnixEpoch,
        From = "token@bounce.example.org",
        To = ["reader.1.x@example.org"],
        MessageId = "<71.1@news.example.org>",
        Subject = "Grüße",
        Bytes = 1,
        Session = 1,
    };

    [Fact]
    public void The_service_sorts_each_as_what_it_is()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(ReturnedMailKind.Bounce, Read(Deed.HardBounce, i).Kind);
            Assert.Equal(ReturnedMailKind.Bounce, Read(Deed.SoftBounce, i).Kind);
            Assert.Equal(ReturnedMailKind.AutoReply, Read(Deed.OutOfOffice, i).Kind);
            Assert.Equal(ReturnedMailKind.Complaint, Read(Deed.Complaint, i).Kind);
            Assert.Equal(ReturnedMailKind.HumanReply, Read(Deed.Reply, i).Kind);
            Assert.True(Read(Deed.HardBounce, i).Recipients[0].IsHard, $"hard bounce {i} is not read as hard");
            Assert.False(Read(Deed.SoftBounce, i).Recipients[0].IsHard, $"soft bounce {i} is read as hard");
        }
    }

    private static ReturnedMail Read(Deed deed, int index) => ReturnedMailReader.Read(ReturnedText.Of(deed, index, Mail), new MimeLimits());
}
