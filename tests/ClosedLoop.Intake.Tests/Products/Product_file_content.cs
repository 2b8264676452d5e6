using System.Text;
using ClosedLoop.Intake.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Products;
using static ClosedLoop.Intake.Tests.Products.ProductText;

namespace ClosedLoop.Intake.Tests.Products;

/// <summary>What is read from the three kinds of files, and what is wrong with one (closed-loop spec section 9).</summary>
public sealed class Product_file_content
{
    [Fact]
    public void Columns_are_found_by_heading_in_any_order_and_case()
    {
        var rows = Rows("\"LINK1URL\";\"name\";\"id\";\"colour\"\n\"https://s.example/?a;b\";\"A \"\"cup\"\"\";\"P-1\";\"red\"\n;;P-2;\n", ProductKind.Products);
        Assert.Equal("name=A \"cup\"|link1Url=https://s.example/?a;b", rows["P-1"]);
        Assert.Equal("", rows["P-2"]);
    }

    [Fact]
    public void A_good_file_has_no_problems()
    {
        var validation = Check(Good);
        Assert.Equal("", Problems(validation));
        Assert.Equal((2, 2, 0, 2), (validation.Records, validation.Accepted, validation.Skipped, validation.Counts.Rows));
    }

    [Theory]
    [InlineData("id;name;colour\nP-1;Cup;red\n", "W403@1/1/3")]
    [InlineData("id;name\nP-1;Cup\nP-1;Pot\n", "W403@3/3/0")]
    [InlineData("id;name\n\" P-1\";Cup\n", "W403@2/2/1")]
    [InlineData("\uFEFFid;name\r\nP-1;Cup\r\n", "W152@1/0/0 W153@1/1/0")]
    [InlineData("id;name\nP-1;Cup\nP 2;Pot\n", "W403@3/3/1")]
    [InlineData("id;name\nP-1;Cup\n;Pot\n", "W403@3/3/1")]
    public void A_doubtful_file_is_loaded_with_warnings(string text, string problems)
    {
        var validation = Check(text);
        Assert.False(validation.Failed);
        Assert.Equal(problems, Problems(validation));
    }

    [Theory]
    [InlineData("", "E403@0/0/0 E105@0/0/0")]
    [InlineData("id;name\n", "E403@0/0/0 E105@0/0/0")]
    [InlineData("P-1;Cup\nP-2;Pot\n", "E403@0/0/0 E403@1/1/0")]
    [InlineData("id;name;Name\nP-1;Cup;x\n", "E403@0/0/0 E403@1/1/3")]
    [InlineData("id;name\nP-1;Cup;red\nP-2\n", "E403@0/0/0 E111@2/2/3 E111@3/3/2")]
    [InlineData("id;name\nP-1;\"Cup\n", "E403@0/0/0 E109@2/2/2")]
    [InlineData("id;name\nP-1;C\"up\n", "E403@0/0/0 E110@2/2/2")]
    [InlineData("id;name\nP-1;C\u0001up\n", "E403@0/0/0 E112@2/2/2")]
    [InlineData("id;name\n\nP-1;Cup\n", "E403@0/0/0 E111@2/2/1")]
    [InlineData("id;name\nP 1;Cup\n", "E403@0/0/0 W403@2/2/1")]
    public void A_broken_file_fails_with_E403_first_and_then_the_cause(string text, string problems)
    {
        var validation = Check(text);
        Assert.True(validation.Failed);
        Assert.Equal(problems, Problems(validation));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_E106() =>
        Assert.Equal("E403@0/0/0 E106@2/2/2", Problems(Check([.. "id;name\nP-1;C"u8, 0xFF, .. "up\n"u8])));

    [Fact]
    public void A_record_that_cannot_be_used_fails_the_file_where_the_client_says_so() =>
        Assert.Equal("E403@0/0/0 E403@2/2/1", Problems(Check("id\nP 1\n", client: Client(recordErrorsFail: true))));

    [Theory]
    [InlineData("Anna@Example.org;P-1\nli@example.org;\"P-2,P-1\"\n", "anna@example.org=P-1 li@example.org=P-2,P-1", "")]
    [InlineData("a@example.org;\"P-1, P-2\"\n", "a@example.org=P-1,P-2", "W403@1/1/2")]
    [InlineData("a@example.org;P-1\nnobody;P-1\nb@example.org;\nc@example.org;P 1\n", "a@example.org=P-1", "W403@2/2/1 W403@3/3/2 W403@4/4/2")]
    [InlineData("a@example.org;P-1\nA@example.org;P-2\n", "a@example.org=P-2", "W403@2/2/0")]
    [InlineData("recipientId;id\na@example.org;P-1\n", "a@example.org=P-1", "E403@0/0/0 E113@1/1/0")]
    [InlineData("a@example.org;P-1;P-2\n", "", "E403@0/0/0 E111@1/1/3")]
    public void A_mapping_gives_ids_by_address(string text, string rows, string problems)
    {
        Assert.Equal(problems, Problems(Check(text, ProductKind.Mapping)));
        Assert.Equal(rows, string.Join(' ', Rows(text, ProductKind.Mapping).Select(r => $"{r.Key}={r.Value}")));
    }

    [Theory]
    [InlineData("id;rec1;rec2\nP-1;P-2;P-3\n", "P-1=P-2,P-3", "")]
    [InlineData("rec2;id;rec1;rec4\nb;P-1;a;d\n", "P-1=a,b,,d", "")]
    [InlineData("id;rec1;rec2;rec3\nP-1;;b;\n", "P-1=,b", "")]
    [InlineData("id;rec1;note\nP-1;a;x\n", "P-1=a", "W403@1/1/3")]
    [InlineData("id;rec1\nP-1;a b\nP-2;a\n", "P-2=a", "W403@2/2/2")]
    public void Recommendations_keep_the_numbers_of_their_columns(string text, string rows, string problems)
    {
        Assert.Equal(problems, Problems(Check(text, ProductKind.Recommendations)));
        Assert.Equal(rows, string.Join(' ', Rows(text, ProductKind.Recommendations).Select(r => $"{r.Key}={r.Value}")));
    }

    [Fact]
    public void Limits_hold_and_are_crossed_by_one()
    {
        var bytes = Encoding.UTF8.GetByteCount(Good);
        Assert.False(Check(Good, client: Client(new ProductSettings { MaxBytes = bytes, MaxRows = 2, MaxColumns = 3 })).Failed);
        Assert.Equal("E403@0/0/0 E104@0/0/0", Problems(Check(Good, client: Client(new ProductSettings { MaxBytes = bytes - 1 }))));
        Assert.Equal("E403@0/0/0 E104@3/3/0", Problems(Check(Good, client: Client(new ProductSettings { MaxRows = 1 }))));
        Assert.Equal("E403@0/0/0 E104@1/1/0", Problems(Check(Good, client: Client(new ProductSettings { MaxColumns = 2 }))));
        Assert.Equal("W403@2/2/2", Problems(Check("id;name\nP-1;Cups\nP-2;Pot\n", client: Client() with { Import = new ImportSettings { MaxFieldBytes = 3 } })));
    }

    [Theory]
    [InlineData("20260302091000_products.csv", ProductKind.Products)]
    [InlineData("20260302091000_mapping.csv", ProductKind.Mapping)]
    [InlineData("20240229235959_recommendations.csv", ProductKind.Recommendations)]
    [InlineData("20260302091000_products.csv.tmp", null)]
    [InlineData("20260230091000_products.csv", null)]
    [InlineData("20260302091000_Products.csv", null)]
    [InlineData("20260302091000_subscribers.csv", null)]
    public void Names_say_what_a_file_is(string name, ProductKind? kind) => Assert.Equal(kind, ProductFileName.KindOf(name));

    [Theory]
    [InlineData("20260302091000_products.17.csv", "20260302091000_products.csv")]
    [InlineData("20260302091000_mapping.error.csv", "20260302091000_mapping.csv")]
    [InlineData("20260302091000_subscribers.csv", "20260302091000_subscribers.csv")]
    [InlineData("readme.txt", null)]
    public void Names_of_archived_files_lead_back_to_the_register(string name, string? registered) => Assert.Equal(registered, ProductFileName.RegisteredName(name));
}
