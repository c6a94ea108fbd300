"""Small files that no encoder among our libraries writes, as text."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Final

_HEIC_RAMP: Final = (
    b"c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfpKkaYDppk1Sn>t<P<^K3<a6VB@AeQuOPD|7tCS;Vu8$*M2Hdx1_K~zk(ra9%m`$-H~{4tAzBzO"
    b"!dMIi2vIoA0oIq9mj*Xg6v#<s0;vG1$tX)UWIz%GD@iZPOaU=(WEK<^0O@U+1<Cn9x(uk=nUT2w?p(PK41fOq_`$%y&#VA6O~QeZhw=Y^kOF3g"
    b"2_OQ9<aRMRC;}z5oERC=WELnivQB&TWZBLg0s;mKAR#cJs038b=E8We_&_Jn5|PZ}f>fx54p59P1_~X4g3O9ckN`6W2guh_nFYD9fCq*PQzH`t"
    b"6BBa_Sf(g74Hn`lnYroUa07){MJ^=7b2J#&3padqwS63VaPx20i}#l&bRA$c+bLi7y5?DqM`Mm+^M_B5KbT(rKdJOYocV^FtFZ_6O?Wz&&AqmY"
    b"nJ>M<Tl>$=tIN*sjL2B^Tqwz^$l&?OdvBc%_oO88PEl5Fl-(b$^!%@Eb*6%de|ZA{keq-V"
)
_HEIC_10_BIT: Final = (
    b"c-muNV30{GsVvAy%}izhg51nBLl8SRGck>Ufzc^9wIq=N0u(b+a*CjAhJwuG5(YHDSCCnf3uZ9_u~KGEKG;YX2OysjESv_Rfh<8Fp`4kSmj+ia"
    b"3go0RL3tTv$%Y{2q0EA!0wBF4vmiMiNLK(QoEe!5;C9M=VEFU*#}5Vuer5%rMhOQ-9>)LwK?;}|CV&ValH0}Ppa_)Ic4A~ilUX33keIq_l2`WZ"
    b"Mn+~PkPw6rPy(uFcVRqOv_Z)MXpKl_aX~87$_5}#0AhiH%!*8q05b;%2apoWEXak070|=XjZDozhGcF^A~2*Fc{Lc<b0_>dUOfGXs`CY9p7OLT"
    b";hXc7f6sq*^-g15+wSWuCHH1b64amAD8~86%T8a^I*xyFS;u0&jt8nSZFjWpbAJlE(RZRO>FnDEc~g~?+@@#^OJT`>ta{(~>{}vMa^Qu<%JL7J"
    b"Hfzdf3+f)Y_?+uQS5ll?x$EpHq1-jUb`?A=QN9$vFV*sVF-!i5wp3BwOKDGUtz&d6F_jdEseN!u`of-ftl?`WmZy3YKVf~nxYO<X_Z?nOBel0U"
    b"yx_g9)Gww`dUnQdkz;o{`La0}{<a?d@bCNe9~m=d7|-D1{;n30!26VMnp81M1jEi2Gb8cz!`%Ko{eAV8ZoQ8iFBb~vsl4po`Jm-(?ft;!s&01x"
    b"se-!*"
)
_HEIC_64_MEGAPIXELS: Final = (
    b"c-rmOO=}ZD7zglYGOey!Z78i&6iuUj5kw6LTY@i3Z7Ci-*<)jxn1OCPq*3b|L?pDg3WDdJj3=%2Ac%)5`Z*L&K@Sb3&?2qtY&Q1L5AY1)|6zAt"
    b"clO6To3Kkn$MU6nx{y;@GU2OyDs1~IlP3}*ey)_ED0&JLlf`D6w91xfR~*u+<TqNvoJln~-MHnjXZoTstfHD|aMctim72=$T;F9nxmdGTxRXtV"
    b"%`Zw9wW+I0XQxg5z)V~fQty~Sowl|&H;LM1!Yu6eM4JeL@B&Fs!@?ZF`<T~bCeIEDv1?|LemV50_4$u$r(aFAw6r<lXjFJfvt;kE_*h)J=^3e0"
    b"&FEZ&p75fR;#$qBa6~$eSw)AH_W!2K>{&jJJu!RT@Fy}RS%W_Z#OounHeapI-Mw{Vv=OfB_A|!7#>0vm)H}Ye-(LOD_5JPEo8^UcSyyVGn;Bs{"
    b"dJ`|+rOWp#g*9%OPK`fneff=@m9&3s&Vou(oU_ATx51`tJXx`A0o_-#fF6xoKrfG5KxaJ*=<l+H|LFq18C&Kz<tKJ?&qa398Dl38IPB!Xd3G|s"
    b"#7=hdlihW8@;Lu1CCUGh(6`7=o=LEi=lK(Rfq$1S|My6m|L1dwKe1Q%cR953Kae9JLH<+Zs0R`xNRS{wf&>W?BuJ1TL4pJc5+q2FAVGoz2@)ho"
    b"kRU;V1PKx(NRS}e$(27^L-2P"
)
_AVIF_64_MEGAPIXELS: Final = (
    b"c-muNV30{GsVqn=%S>Yc0uY^>nP!-qnF!*4$W1LtWPkvTjFg-rD4U@mGr5ET3FKrZ!HnQ5$SlbP3o-(+TxL#wGKk{>;xj@-8AX8DA7o}`W?mXx"
    b"trU=x$^_*lmKhj2=jY^ut<1<QC@KKbo|y&7`9NAEv$!A?Vzayh1cU6Y$OLQV01`ZjWrog;A~GNW;pF_BqP*ms3ZS{X3~UWRA@R(DT$smz&SGI?"
    b"YGwhl!gEs+ON1D>xMYp(>OcRJ;K(pF+Q%fI%Xl0p>-R1CNZQ&hjO#Y}mYwhq)jd1=6K9fh&ih>=kM8?TiwUUcZ|S((T{n5_9`kzwtDO4YsV#Vz"
    b"T+Op-{hXV{=kDh&nOJ*-IrU6OeekocUd9Xj2|k3)`<o`AeD#Zx(%h0r(?j2WeEWK)^}BcL=l6xt-Am(dUVWCLe0$%cx}OJ{;}`f)({&H1=d=U>"
    b"H#Fc$"
)
_AVIF_10_BIT: Final = (
    b"c-muNU{FXasVqn=%S>Yc0uY^>nP!-qnV9D5Xy^zO`jnemlE?r78W|}$MNl?FL1uCZ0}{x|OoAE1SCCnf3l?MqV!6zm{A3Wv1;l5Bh%!nsFfhr0"
    b"%*@QpOM|PG0&-HBpuEH~14HNhoP4mAS(ybz1wh(6vmiMiNQ-0^7o<Y1ZUEv0AQmXdtjGijFmrKn0V$ruGDGJ^1qYCjaB_Z5QC@OR1<+((1~!lu"
    b"@yvo;nAd;~V_{@!W&yfNB{wCpM2LZl(?W9p{d7iNwh2Z(EJ6XSp}vKo4iAbmw?9#mma^k5_~+87y!d3qA(7pV53MA#@?9j$RcAjuw{Z{8|JQcD"
    b"g<n({ADf3&vGSO@uW{eX@ZTmd@=(eC-P)TwZU%o$imlgQ8pXR+O>g26zIx5G;)&j((}N}&t8p8LHl{xNzu?Yki;@F>1(rqa2^E`VvSz~8FFbs;"
    b"w)5t{I488M!Sz8i&*jTWmtqWd_gZps>(%X@n9{vfBui-Shrf(h0t`MK_pzF<m-UC^(Oe+~joT$#gmkyxeqgm^&D?)03Zrg4<eV|>$0fN%ht8B*"
    b"_EzUH?^?g2zi7%@`B=a2T^|mY8|1`=FRh;=(92k&ta5s5`X6In@ra(cYEQpMpL2;g!E~s9oj)^Q$fL77YhHDPHuKFqel<_A?bRm7<UEVb1=9N~"
    b"Jts8${{GOCtJH3fisZD5?sHXM^mf^Zd|_b<=i1y7=5RAuL5)l0$n{N=pZzaXSDndnBg$y1=sBG|X##p;pKZJhLc_Z%1vZ@CC->E)%P+TG>o@nG"
    b"e>*PS3{;-uU1gB(xw)h5Vg3EZX@?hP#s8huU~yq@mG6%{k-6+Tho-#wxYNe6E+$lG(L%*0fnvYXK=xAED?6sGz4u*8`Dw>OspHFDx&0Mu;WjD|"
    b"4|aV2F4&Fp`ieh)%A00OEI79@%1a`3fsO6_)tvP|^bTD6)*dCZaZcI0#P;LcuIWd&TP*a76+Phq06bwWGy"
)
_AVIF_GRID: Final = (
    b"c-muNU{FXasVqn=%S>Yc0uY^>nP!-qnV9D5Xz0kmz*wJ~T9U{B0U8-8IYm%5LqTS82?G+y$xMP7!&i`5k_#4O1Y)bqocv@E$Ay7`87u<CjLU&E"
    b"2Llt7w;qW3fwEv8(>{nshM3IEJg|Xa87Uwql?iHUdQoPIbAC=f*f}s6Mv!@lWd?>=WSG%pWHO6V)1XclNXg7i2kT}6+ti&|P*eb<<1-7A^MSNT"
    b"W^q9(RBZzgCxG-6WL9K?oyNhz0i=YJ^K**wl5;A6=I}DGHK1v8fNJAOEHiX&Q~-;qWESMYf)*Gs%#2LT3`{I6Os&ie%n*u!Nj^6vu>|bp28IM7"
    b"1};tu(f#{QF-h?%82x7yS-`E+w5W^W!F#rJUg^@3+_TO9FBvq6Opxf=Qy|m7IV)-U26Ohk*LKS3oNDjt%H>`0^6Yu@pNi~Pe<&){c--$fe)(YD"
    b"!oYabo71PByI-_AqNP^*gVpB#j~DFMu{PgoU%7LNr2N6HzDA}dk&d=$yEYs=YpwAsIy+b1DOFJaK4)9Kb*h#?vdfgyrk^5sxP$~=_N-a!Rhs+3"
    b"_Veb$Oy4%%JeC&AB63H}Kje_c-3hU>2Rlz+cx&~lvufGWf9B%z8!rkqe=RStj=tfpccOOc$7jLXlNC}*Pb`W^oEqD(YUlZY;Mr`s?gd5fY!wB+"
    b")#xoWc#{_?thl2fF<iY~R6i9pI6eS_gMZ(mM_LSz=g)k?@ip$Y>3WUAw7D!-uJL3EGbOU@U&9&eaFMOyf|L5}b0?qaCe^mOa@GH>>kz${n>2TN"
    b"TIAc`GS&^BCE2V?|GS1Iq`Wly+_+rmo{@syv};o)C|=~dzscvx&*=rtcb_)?n|zvAJn^b%;7_j94g9NXn%C7m_{H<>SgF^(z=WK0hpX#P?lUZ6"
    b"*Z#QVV8?<#-%c&<PJ0pBuwtd_Y`b3^H?IoB8)Ua=`R32DI8znkq3`aZpttFD{@Q;l*6h@J{>W78s(zPsLi)qTZ7Pl@7+;lMJCNepy}_qGRpz4F"
    b"f+Ft^0-1ZJ|L7F~08gqt3;"
)
_AVIF_TURNED: Final = (
    b"c-muNU{FXasVqn=%S>Yc0uY^>nP!-qnV9D5Xy^zO`jeYllE?r78W|}$MNl?FL1uCZ0}{x|OoAE1SCCnf3l?MqV!6zm{A3Wv1;l5Bh%%}G@e`1l"
    b"nVETMaJ5oEPAU_Wmsn<C=$xOE54N%-v!JK|NQYz=B<BNZk<8+PRH)SrK%4-?0tJ~BnIHjX4h{|=#gkZO=-j9PRwJC8pHq~VoKpcbnU{eLq=hrH"
    b"D8B?`t3+l&F3gWW7qT)kHM6t=nQwAa5=(>_xHv5&_uo%t<Yk*+bcI<cfK9?PFx27xjo_jn;ig4X8;e{QEGqnz7<91VO0Cx68|@)2>W*pUa(hef"
    b"uX)z7RJ7=o&F)7+Ei>G1eDxIZ*8clw(>pGAu4i3yPAMuJXb9k}E=s+>W=D}1yZ)y73%{o?f5`rGO4t-Bmj{!AeR_Sx0{kP_tuZL}J7qWR)@}C-"
    b"GhMvDA4;5m?xt6Z#6?x3vo%w@1Wv`49ly1ttUTZ3+(q9E?%+7_Lw8D~@2{*DzG~2Ao+9pEkW}>P%V)<I4i+y;FI@MxaFyS1=gqctD}5hoJPmdE"
    b"wZriZ%hw|}G?)I|*b=mb?f2n3;^xs0u1)wJQls@mdkT-dzqr=V`n@7qnm5aTMpb1V6+a^zc)MkG;GccpL!F8>S#{6qu5Q1xO=8b2&-&OLo=c`@"
    b"ro_qV&ktMUyszZT(f1abFC>;7(hJ+hQ2pzZL{~>?;!P<#_h*Ns>(VM-`m$>)y~<(se)oGudbIZ<mjxxeH2Jl+@3wzY+gD}Eb-N(Vcssk0688k="
    b"hNX)g4*&f3|L@F2Z=-|lzkGOO#rTgSNICfR+V6_XMJJp~TlW8;^(~RQ)k-ZDt<8rWPODCpiKv<0ma2PrPNv_x8m5i|(>Kf&^}cG&^vrU@zmu^O"
    b"3wolJZ_RlC05C`)PX"
)
_JPEG_ARITHMETIC: Final = (
    b"c-s4a<NpH&0WUXCHwH#V1_nkTWcYuZ!I?opOhQINL_tPMMny?M%^<+UKu5<Q$<50upd_uTqA0B(uVKQDISn1_y7CGZ+*-75-;r|{&ehC%^y$Hg"
    b"4?9ksI|ed@QAtI`K+7P`#3b%mOF_#qlEMFz41ydC2@DO)j7khlf{e_9jQ`Ita4`r7urdk=vi`rtz{AW4lwcNQuxI%5PQoPT_~g0jj>!!Z=gOY="
    b"`LNm`r6ca&eIBN3PJU4(O1a`EE8oraUG4aWzteEvv&;U=e@58H1=O#dXMKO$JoZJu`Wdb~6S#QIDQTaC(O!ey+X8Q>6wWGHW6QgPRocEO?dxyW"
    b"cd4_SE<f1MxxcZpCD__twtcPP#&VrmGpGGtagu9ow7;*+bj!XrZS9@?S%2;+Rl0eq+1&fyB6o4^UT*$4mfNuxD~|D+_V4`jtV!X_;X1iP0_Wy7"
    b"?ceg*;mPJhg+=R<uke3kZIU`@URHS0@z9rB={Jf_dY8S}D{)|2A&1E9qSD}5Un(!<gti&K+tqz-fr0Od7;F1)m8$W)%+GrNKI040^$nb^*J|&T"
    b"{VQls>;A&RqhDYDdHOgZN=w**{UYOs8{3Zt-dXxME26Dh+VuA0Lz^{MOO|kcvD7~NpW)6Y$J4j|+;4Ia(%z!z{kQy?+=YL)-f0|{@b+!EmU~2N"
    b"<&ng$%<#Qi=iZ!_m&W!;#nZ3GSw>^Yqc=Bp>^BU4DrI+BbN2=psi#T%!`CgB|D3<{YR#_Cx5``@wyH(#R$i{*XEC$P`%+U%%*RO&|K+9cd^E9z"
    b"X-+|B<I{DzV*eQySAM^CQ|o;~{rcy<zt}^+2+#cV?In9+YI91H;Onk_i)iNbi62yhJG<RgH=fJ9B5?3Uqc_9C_hHu8<92S?rY+0Et#RmR$D`n;"
    b"(_4(9A|7N|Y}{R-w<x!Nm43{BhFa#iyL4ZC+54a2$R8P@<o^sSol<22-1o;PJN&;106vI$S^"
)


def _unpacked(text: bytes) -> bytes:
    return zlib.decompress(base64.b85decode(text))


def heic_ramp() -> bytes:
    """A HEIC of 64 x 48 pixels: red = 4 x, green = 5 y, blue = 128."""
    return _unpacked(_HEIC_RAMP)


def heic_of_10_bits() -> bytes:
    """The natural picture."""
    return _unpacked(_HEIC_10_BIT)


def heic_of_64_megapixels() -> bytes:
    """8000 x 8000 pixels of one colour."""
    return _unpacked(_HEIC_64_MEGAPIXELS)


def avif_of_64_megapixels() -> bytes:
    """8000 x 8000 pixels of one colour."""
    return _unpacked(_AVIF_64_MEGAPIXELS)


def avif_of_10_bits() -> bytes:
    """The natural picture."""
    return _unpacked(_AVIF_10_BIT)


def avif_grid() -> bytes:
    """The natural picture in two tiles, side by side."""
    return _unpacked(_AVIF_GRID)


def avif_turned() -> bytes:
    """The natural picture, to be turned by 90 degrees counter-clockwise: shown on its side."""
    return _unpacked(_AVIF_TURNED)


def arithmetic_jpeg() -> bytes:
    """The natural picture, coded arithmetically."""
    return _unpacked(_JPEG_ARITHMETIC)


def saying_size(data: bytes, width: int, height: int) -> bytes:
    """An AVIF or HEIC whose header (ispe) says another size than its data have."""
    at = data.index(b"ispe") + 8
    return data.replace(data[at : at + 8], struct.pack(">II", width, height))
