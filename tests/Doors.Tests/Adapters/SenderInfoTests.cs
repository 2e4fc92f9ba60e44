// The sender header between gateway and adapters.
using System.Buffers.Text;
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Doors.Adapters;

public sealed class SenderInfoTests
{
    [Fact]
    public void WhatTheGatewayWritesTheAdapterReads()
    {
        var sender = new SenderInfo
        {
            System = SystemId.Parse("kuopio-liikunta"),
            Organisation = OrganisationId.Parse("kuopio"),
            OrganisationName = "Kuopion kaupunki, liikuntapalvelut Ääkkölä",
            Role = RoleId.Parse("exercise-counsellor"),
            Professional = ProfessionalId.Parse("ohjaaja-salmi"),
            ProfessionalName = "Sanna Salmi",
            Rule = RuleId.Parse("EX-03"),
        };

        Assert.Matches("^[A-Za-z0-9_-]+$", sender.ToHeader());
        Assert.Equal(sender, SenderInfo.FromHeader(sender.ToHeader()));
    }

    [Fact]
    public void AMalformedHeaderIsNoSender()
    {
        Assert.Null(SenderInfo.FromHeader(null));
        Assert.Null(SenderInfo.FromHeader(string.Empty));
        Assert.Null(SenderInfo.FromHeader("not base64url!"));
        Assert.Null(SenderInfo.FromHeader(Base64Url.EncodeToString("null"u8)));
        Assert.Null(SenderInfo.FromHeader(Base64Url.EncodeToString("[]"u8)));
        Assert.Null(SenderInfo.FromHeader(Base64Url.EncodeToString("""{"system":"a"}"""u8)));
        Assert.Null(SenderInfo.FromHeader(Base64Url.EncodeToString([0xff, 0xfe])));
    }
}
