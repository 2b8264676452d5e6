using ClosedLoop.Sftp.Protocol;
using ClosedLoop.Sftp.Tests.Support;

namespace ClosedLoop.Sftp.Tests;

/// <summary>Servers that are broken or mean harm.</summary>
public sealed class HostileServerTests
{
    private static readonly SftpOptions Options = new()
    {
        Host = "host",
        User = "user",
        KnownHostsFile = "/known_hosts",
        RequestTimeout = TimeSpan.FromSeconds(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    };

    [Fact]
    public async Task Names_that_lead_out_of_their_folder_are_refused_and_shown_escaped()
    {
        string[] names = ["good.csv", ".", "..", "../up", "/etc/passwd", "a\0b", "a\nb", "", "tab\tbed", "\u007f"];
        var listed = false;
        await using var session = await ConnectAsync((type, id, _) => type switch
        {
            PacketType.OpenDir => new PacketWriter(PacketType.Handle).UInt32(id).Text("h").Done(),
            PacketType.ReadDir when listed => ScriptedServer.Status(id, StatusCode.EndOfFile),
            PacketType.ReadDir => List(id),
            _ => ScriptedServer.Status(id, StatusCode.Ok),
        });

        var listing = await session.ListAsync("in");

        Assert.Equal("good.csv", Assert.Single(listing.Entries).Name);
        Assert.Equal(["../up", "/etc/passwd", "a\\x00b", "a\\x0Ab", "", "tab\\x09bed", "\\x7F", "\\xFF"], listing.Refused);

        ReadOnlyMemory<byte> List(uint id)
        {
            listed = true;
            var packet = new PacketWriter(PacketType.Name).UInt32(id).UInt32((uint)names.Length + 1);
            foreach (var name in names) packet.Text(name).Text("-rw-r--r-- " + name).UInt32(0);
            return packet.Bytes([0xFF]).Text("").UInt32(0).Done();
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(262_145u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x57656C63u)] // "Welc", the begin of a greeting
    public async Task A_packet_of_a_size_that_cannot_be_ends_the_session(uint length)
    {
        await using var session = await ConnectAsync((_, _, _) => new byte[] { (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length });

        Assert.Equal(SftpError.Protocol, (await Assert.ThrowsAsync<SftpException>(() => session.FindAsync("x"))).Error);
        Assert.False(session.IsOpen);
    }

    [Fact]
    public async Task Fields_that_go_beyond_their_packet_are_a_protocol_error()
    {
        await using var session = await ConnectAsync((_, id, _) => new PacketWriter(PacketType.Handle).UInt32(id).UInt32(uint.MaxValue).Done());

        Assert.Equal(SftpError.Protocol, (await Assert.ThrowsAsync<SftpException>(() => session.OpenReadAsync("x"))).Error);
    }

    [Fact]
    public async Task More_octets_than_were_asked_for_are_not_taken()
    {
        await using var session = await ConnectAsync((type, id, _) => type == PacketType.Open
            ? new PacketWriter(PacketType.Handle).UInt32(id).Text("h").Done()
            : new PacketWriter(PacketType.Data).UInt32(id).Bytes(new byte[40_000]).Done());
        await using var stream = await session.OpenReadAsync("x");

        Assert.Equal(SftpError.Protocol, (await Assert.ThrowsAsync<SftpException>(async () => await stream.ReadExactlyAsync(new byte[100]))).Error);
    }

    [Fact]
    public async Task An_answer_nobody_asked_for_is_passed_over()
    {
        await using var session = await ConnectAsync((_, id, _) =>
        {
            var stray = ScriptedServer.Status(id + 1000, StatusCode.Failure).ToArray();
            return (byte[])[.. stray, .. ScriptedServer.Status(id, StatusCode.Ok).ToArray()];
        });

        await session.RemoveAsync("x");
        Assert.True(session.IsOpen);
    }

    [Fact]
    public async Task A_server_that_never_answers_costs_the_request_time_and_no_more()
    {
        await using var session = await ConnectAsync((_, _, _) => null, Options with { RequestTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(SftpError.TimedOut, (await Assert.ThrowsAsync<SftpException>(() => session.FindAsync("x"))).Error);
    }

    [Fact]
    public async Task Short_blocks_in_any_order_still_make_the_file()
    {
        var content = new byte[200_000];
        new Random(7).NextBytes(content);
        var random = new Random(11);
        await using var session = await ConnectAsync((type, id, body) =>
        {
            if (type == PacketType.Open) return new PacketWriter(PacketType.Handle).UInt32(id).Text("h").Done();
            if (type != PacketType.Read) return ScriptedServer.Status(id, StatusCode.Ok);
            var reader = new PacketReader(body);
            reader.Bytes();
            var offset = (int)reader.UInt64();
            var count = Math.Min((int)reader.UInt32(), content.Length - offset);
            if (count <= 0) return ScriptedServer.Status(id, StatusCode.EndOfFile);
            return new PacketWriter(PacketType.Data, 40_000).UInt32(id).Bytes(content.AsSpan(offset, random.Next(1, count + 1))).Done();
        });

        using var target = new MemoryStream();
        await session.DownloadAsync("x", target);

        Assert.Equal(content, target.ToArray());
    }

    [Fact]
    public async Task A_refused_write_is_an_error_although_later_ones_were_taken()
    {
        var writes = 0;
        await using var session = await ConnectAsync((type, id, _) => type switch
        {
            PacketType.Open => new PacketWriter(PacketType.Handle).UInt32(id).Text("h").Done(),
            PacketType.Write => ScriptedServer.Status(id, ++writes == 5 ? StatusCode.Failure : StatusCode.Ok),
            _ => ScriptedServer.Status(id, StatusCode.Ok),
        });

        Assert.Equal(SftpError.Failure, (await Assert.ThrowsAsync<SftpException>(() => session.UploadAsync("x", new MemoryStream(new byte[1_000_000])))).Error);
    }

    [Fact]
    public async Task A_refused_close_is_an_error_of_the_upload()
    {
        await using var session = await ConnectAsync((type, id, _) => type switch
        {
            PacketType.Open => new PacketWriter(PacketType.Handle).UInt32(id).Text("h").Done(),
            PacketType.Close => ScriptedServer.Status(id, StatusCode.Failure),
            _ => ScriptedServer.Status(id, StatusCode.Ok),
        });

        Assert.Equal(SftpError.Failure, (await Assert.ThrowsAsync<SftpException>(() => session.UploadAsync("x", new MemoryStream(new byte[10])))).Error);
    }

    [Fact]
    public async Task A_server_of_another_version_form_is_refused()
    {
        var error = await Assert.ThrowsAsync<SftpException>(() => SftpSession.OpenAsync(
            new ScriptedServer((_, _, _) => ScriptedServer.Status(0, StatusCode.Ok)), Options, CancellationToken.None));

        Assert.Equal(SftpError.Protocol, error.Error);
    }

    [Fact]
    public async Task A_path_with_nul_is_not_sent()
    {
        await using var session = await ConnectAsync((_, id, _) => ScriptedServer.Status(id, StatusCode.Ok));

        Assert.Equal(SftpError.InvalidArgument, (await Assert.ThrowsAsync<SftpException>(() => session.RemoveAsync("a\0b"))).Error);
    }

    private static Task<SftpSession> ConnectAsync(Func<PacketType, uint, byte[], ReadOnlyMemory<byte>?> answer, SftpOptions? options = null) =>
        SftpSession.OpenAsync(new ScriptedServer((type, id, body) => type == PacketType.Init ? ScriptedServer.Version : answer(type, id, body)), options ?? Options, CancellationToken.None);
}
