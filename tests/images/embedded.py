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
# pillow-heif 1.8: encode("RGB;16", ..., quality=90, chroma=420).
_HEIC_10_BIT: Final = (
    b"c-mcX1yCG7ll9{6?(Vh(x8PaagFB1M!r~TS0|a+>x8MXqaCe8`!JR;W;Dm7G?)(3$yEircUU$E#u4w=OKxyOQ>uP6h?*n*+v%L-PKkaO9VFLib={Q?^"
    b"SOES9bar4T=zlc8)!xbj@P9yW?*y^>C*-66aIfbTa6bRTuT#Wd1B1Q2i_L$h|Eff<i8cIxGCMCT-hUF?)!xJT|63O9U7@b8+-&b^1$kw!SDP#xBI>Km"
    b"ZT)AWz5x7retZM~a1hL2Uyw+_VZyz<{4*f@w*%qT(grVO@!DgTfrI<sjRIU+3qhkw#<Fj%sCGcw*CN8d0HCvcwWG+v^+N0ErCx^+SV5eiE>=$eK7$27"
    b"4t^~W+Pk}2|L5QTa`V@V>uT>~|F3|6j*k9HB=)Y(|8IG(`#=nVM?idCgq$<j;&peF!mMz0$iik+lj<+K>Sag)3uPHJIe<@oyyn$GEq=O~1VN-fqg&JZ"
    b"TpVS<^wj*tQZIa}AyDF#I*PM*q=ytcO$&;S&r~q(ithseHlE(&Kt!Kfu?<|P5T>2hY$b47m4|UCU))(J0zstnkMq)Z$ig@Kl^;ZzBrDybzdfW0^71Si"
    b"m)6cQf9q@_MKEG^r+I5uUJI>q^Oe(y>1V0|WYfQ9-85EUlro;nQ*u^D&XVfTZV4=qcbYS5R;7MtCG4*Yy4BbsaHQSK2rK-xsx)ieOwM0PiGJ-|4P|m0"
    b"!V*}nPa<RqtuCYu=@nhs4X9Y(?s@#C<UH$^r$vREytYmSX0P4`0^>dI6t4FenmS|Y7956kbwY)#-um%h4a54(nYQy8m&Nv1KLJQr5q|;2i>AOfwX?~;"
    b"z62#U1(i2nqeV*}DQVwb4_feQ&}ny*54jO8Q4NT&n@AiZejtU*<F0Xv5w-Zh@fSR*j*I#PY-t;-9`9jq%DCUQZRz3I!Zsi{5U+dt=();LcO~(q%EQJR"
    b"*GQ9gF%(M=@Bv>i@m3?hEd0w*suiJ1fcZ<o_#p2v{sea7M>`DSC)%8ky4sJ6?cYDw&-u=K&6EG>5j>m_^TrIVkze`^{kt}ZkOgz1p?SP5QW4OrXH;-D"
    b"W4b*%la4Y8R*9U%I!JXz&icv*dFHS(b%8J$-u+SvRR)`~<rkTc;(SU?cip7_q>007^C1ii+s%5A_3#Tk1*zvDpK2I`h(+V_`f4Iz7a?_u+>V03>a1CS"
    b"8ofbed=ow!Bkzli!fxwlNbHY1+5E2Uin56?+V7QpJhAHA5ug}i;V}>0z-M<)v(zA#kc>h4kx41dmNBjcKC+@sTtpiAC6<uVV@Qo@Jl5M74Fa{E6$YOW"
    b"wK4APc91*5_spwX#<M(hdD%3o<hQ9o*J2I0Y05lSQC9llHlWjwi%GM`-y%0w7gGm|85_%V<J_d}OFeU9Sp>3lH8k?24;z|rh0NYR?T!B0BYIv{;zNL3"
    b"Vy`!5=`M^LwMjHv%Y^F;f3mbLrex*#@Hy${`~2Z)_|EZ#-z*f*RU9cK3%o2*)1J;bKu{{n7)sNr*$<jQv)N39qbZJ)IvLc&)(7nS_9Cs*OO-S2`@Lx="
    b"yG53&z?>XL)YVDo31N5og{%tpV@rM@M+tU&5M|%h+xT;X9dIr2LYt*i`k?M~wl3XWl`)?MFW&LejS~8rT()26cdTz)u-b^RQ7pNH6YIs&(aJ?_2o^Jl"
    b"N;N?|p8Zr)>H_8WojGecKy1nKi{Bf<@<=Q@PJq5zi@BHQA6mqM!--((C>H`zp-Wh{@ULYpMFsuvbx(2gt2rud-@K?Jgl$1Te?_*>-!jqi9I}Iu%|}Ju"
    b"F~nzi5qsl!8AWYr7bBOh6*O7~-<#`9FIP-D*X7?l5^vbFfA|a#l$z3T%}YLZjMbOx?RP&c<v-yj+TsTQ9ED7E1GSE5q4X>{_dgvWdqP*s3OAzRdd@jK"
    b"WaUM;rr?hDtI?=xrh+rR6HhuNxCE@}8;y`AajAf}wV&6&Qsb<%Z-U(>WIgvs!A9`?SrN4wejlbbdP{ze+#Y=oF4C73!VVVh5%a6=HcIO9tsCY%G7hPN"
    b"=d&S?_m$`sR|-fyJmAGTJiwT5kRDX3wt9iD^qbVVc1T^Bheac$VVasEfp$6gt`zW^!(as>v~c?)j>?Kzr{KzDJb4Wbz%lHI%ZrkC+fV!{TeSa8N4AaZ"
    b"yBsazesKZ_GqhE@&nUJ2^P-~0r_XY>xuCqG218~woQRaKYQ;&(OfuYiOxnP1JpkfbiKGCcgM|O37lG(QC9*?ovSrKd4%`+7TLX1&)c2i`McpX^)cq^R"
    b"ukJ6)`@Tq~5*rX584P1!zsb%$i$UTnUKznK;b9BaIZ3kPjUcPB@*MEZH)kfZR+zcgk1WbdSWc0>^qL6<|Ij2Fu@f<`@o*r~W(LN3b}2B3E2Xf$e+rhf"
    b"k0hvkNHm{?S!1`Jrl8%0Wj!e;+TwAvS8uBOB3!7&k+qFZ%~&x>VA5C44NF3vcA}BBx&y1*Q7b?ULLG{+Syq8|Cl2Yv-LXp^ng|Q(0Tb@`Ur0o0<fP9|"
    b"l|5%AtefQzsCo(gZI$H!%Qx3aykpC1*>T7<S3i&0P@)6@R!rYfb?2uRWPfHo@S78ClJF!T+eQk_m3uYsXlqB__eBAe<`?^NwitSbcBrMBck1!j&>W#0"
    b"Kfx4b^%#w-Xd+8nu22TjludLESDC;c?fw&x_uZVT_&#VbPDD7|1qSmo`M`<1Exo>vBR}yn^VFK%I4$=D<}Dn+&s<b5!J-WgBz}@RN1kJk>35^4KR4lV"
    b"lu}lr-NV&^2)J30dq!7dyFl!R&*0LHq0q&AoOOndA13g$9%<ZLFqT!`bEc#DqsF6;4TaU<gZPc{HWWj$dunKP(l~<KM6kD}Sa})^QtA15n!AHs!PU5o"
    b"<$WVa%lX>MR+{9efVAwjlIQIHZ3=uRdd_tTEqcBq>1ooE+^snVJ)r0%dZ(ns=Q1gu<~OSJhpCaa+85-`Q(V+})q4JbR=&^*rW6-P9i)e?;<&kBO(;SF"
    b"Uy!kWzL9G2(WJ||sM$+XjvSl|INhgmRxylANl^#NEacxsh-bQ38T*9!5J{IK%uu6z^S3sO8rML(DA&Zcq7`EkP6k^C!SDTj?ag0`oqL`PPgQnE$i)m@"
    b"CdxL#1=6Rh0pVcR)iqn929!@VXnImp%u@TUiqX|2i`lsPq2RN(a=StnU60uxB6&!@%`L-4^u`b%0T}b|B1W<bES*mM#?&ioA^4`&;bp1@rb8Vq7!h9v"
    b"_@?WG&Gm`fYE@{Ci3A6}jk21MO=y`87c0OgJ+(e0mdWOe$56swQf9hp8M5wr2)`$*>~0T3mEBN$?u%{98m`)sBNzmAqhwqd`s(p~#gTO7k46j*%5T?D"
    b"HNhTUN_epg9HTn)B^8+NxS36DG}?=Hy40((BSCWQqX}TFq;wh<>0iQsPoft})yt+^>lfC^MIwqEYOFV)J1&?I;fm1FFwh(|ELLjncdM~Uz{Y`LJ~<N&"
    b"<Vex}T1j#D>wROiptujHlqWl{IFX}AZQ*xp*6K8t>wT;2Ij42<Osyst<n)Q|L4<@57fk{-J~~EEi&`uhKM@Y8xb3I7CZv`rerYhBSz0^Bbp6->9O$!<"
    b";kKw@{(uwG2K&9fB}0$@bqZ3Jp%UP2z-N%H3)lh_Q~Vf0HDw6#=xZbUO)UFxtJ^$GDuZyu?!r);GxtY2h-sg8hNZhS_9barlve3PLD(ToboQ*ry+a7K"
    b")zX1$E#0I4%LMnn_|PUmInT!V83jf*W~-D#-^skX4rs|}p;7UA!h2%0)8N*zMVgVjzTEIE+8L_4pR8`$vUDI6yFs|><j^wWxorX%i-y@5@gR5+WrrZT"
    b"Y;1O9?7YDcm-7BAB~_@ww_x*uUxu3#*N2(X`eS2?)i+=+s_TlF3ti<yS63T~?4!A48}+v`;AAcTGQh`Ogeuhxy*noSJN&nd6?*fx(CJ5htZ3JEKKZzf"
    b"H%=Uar&?iJ%2%M0v+~@2v{bm@auNMA+I3Dpj8JQR%(ztN=Uuv622i=`lrpSv5}c5AYEZv%V`uM0<u}t`ctIbGN*9eZq~ftJak*{}zlx&^BuIk8PtT_~"
    b"9mFM-@C$V!w+a&=hh(ZxQVY1}cZcRa*7D)D<8u&MA*30xMjY3_bX96M!5M^!kk4&Z78$3(<TV8a6ZQ%WCt;4#qNRm!IOwUXaseL|(e_kH$Wrc7xfPU}"
    b"Hjc@wcuSg$yN`@Y6RG10N}y$FlZ+&Np#pN@O;gm`tA$le7<N*b%`67Pj$iIUXvK`?6j5LAB+u#zSBt`UXEKKjh-2I{Q=W5|Pfzsp15c-(TStZfpErzl"
    b"dwdewRW|ZzL^nPb3|&Pzh+f{BcBZvmV^M++PMcY&5(8H&6e9M+@i(!GBk&n#Gyr>uBXg{tS|9&Pe@7+(PI}8y7aN{xiz9|ck$wbDQ3A(AuGD3bEbrpo"
    b"MG+gZNtwsRBs{ifBI-36oipFkLX)v%NM^zK!?8NQzg%L$ScQ_~5X(f2Rj462k2xaH8*#W(RAx<vx|kiUAf(Gb^rkY$!eX00p#^%X)q711gK}%SeUIob"
    b"x)#J0eDw;zh>%eQqxc`8uuCw5IG1>vQV5BH{0YVGmPvHZbeZo8;b$QT=)nrKD3}<s)V^6SlL6GlBjyS^^7#Rx`pGIo5FS$-Gm^j;Dp1%$3J?adZ@`Ao"
    b"d5Bk{JUATNw++fmFdtP^Gj?Oe(#YLSTs)-zyvbjhtRen3aDf*U*sC+@tO*$MABtC37~3lGZ^)0QG@9C0BN%&Oen1k&WSZH#iB>^RP&rpHkCp0X=AqZX"
    b"5lzSaG0K38qKX_tNJ+Sc`el`XvX<nobG3jsHKqY!0-aFAqy+H{HDYkB0C++h=GB_M8l4cBQG^XuqM_D2ttlW3X%y8ENCBEC>(#h1jP+_LZu1IGT|MUp"
    b"(9LSe89jg}QK&&C(T1of8~qdBzgte<w1h>I)eTAeuY;FF`}cH-s?30wS`*M?^1VW;f-qF#&Yez_!jQ3LmL7A#9rWFHG}QZ>vIJtc;d3g+P5MH{w8#!Z"
    b"Dnky*hcUblOH#fr-`ve-Rbv8tC{NQbg`r-lQvpw07?+7NJv3P+Gdg=2FFyGgnA&I>VRzLm@(87CWy{t{_icBY`$@svdkb%nty+=p75sQ~+jEWNkGp<d"
    b"FhH-V%y(ASHaMVac1P=N^xxAtK&<TTLY&|tS44`K67n7T25|P?d9f70mx3c6N;oo@EHVD&w4>A-KDeU~AW()X$Q#cz_OUU>x*sd++fcLEv|)HokGJ-q"
    b"#|gJ?MiC~y*u74dk#*L4v`9R}xzaR57j<Vj6=}EM4{D|)m)VE64V__2kYZIdW>JI(&Zl3rT-^-2xa6yHe^OY2(h6A?y|WD9goW6#jR-Mk$I_m8U24_<"
    b"U#0C)rG&uFbdv~x_4Q^{0&brR<38p6O7E{Ax#pH@J+OHcwnv^bCTNXe4wh+*0psCp9WxUx6Npi6GnX34i6c$*ILD2N)5_!VrnVb-ZjpYoRL$?3TBdSC"
    b"6Fh+wNx#0^^xjH1MWj!#T3&?o9>aIobXQhpZ{QA;+688svMru<J8xq+lzq~4d>{#N?9Ik{mu4*;G%1(q#0EM3Zr@6<5+AC~UsBJ)VPGLM5-rgDhABa="
    b"6Q6ru!MnK0V9$b#w4D6U;E*|_=*`<UX4YRi6iv!xs-J4f_<S`^YQ~Xkush(VxXzUG;i7X)j3ZM{Iyrc-S}e)J<?*U)>P}8Lq~&m_CRf@Rj6$;ZEZt?Q"
    b"`*!nyUa}||ICeZi*^(o=x7TN&r8)a5vbn7ZjtZuZNzKPKoXd>!B$1^ff!HADN|zqJGxJzr^ZLBRQNz1je56nez5QA)jo8Hm4_GMaEUBSkRf@cKf8xWN"
    b"5v)s_x_C-!2iN6I5XC;(d}k8m{R0^JxY;ejRuoe2d7v?b9?K|6prX<TH-ka+X{CByoyPo$Ih<yJVCYGdiJ=Pz5*jPuDXdg_9!Dc)YoO<2;PF_G15QUQ"
    b"7SNg@O?I89j^fgg7$aH4MGl%l8}W<nj$Wto$=L#rW=x}6a*kv)fB!qJ`ZpL0uYecd>~#1Y=~iyC182)T{=qge<2iM6K&;xALE!l{62i~+m1na=GaDL1"
    b"(%j39+DH{+8|bwNmpt=dlR-U-qR!du@q1EgH{P<kqAEjdFFhv32-)th#N>Y++-)D>s_kMeI*T@Ef-);FgG~(P7W4J1t)PVt13%JXyXRHEg8@WrDeIi&"
    b"PRmLQJ*Jt<RQ2G&(CkvHV*^`BOCg*k1N&hz=F-4-v7fZ@Cja`0OqGn02n%o{4-X~^kya`C($4M2?^j#ur7e1qZ2#SnzawjD``%1pc;g;wU)Bm!)i;`("
    b"F)ty#{{*dpaecB~6MR>;qWYr^d&9P|55X=w_JNxlQYT7qh9vbn1yRq|4&AqC=2AYgL-_zCHqoJO6uyQ02#y>Q(aV;w1<8qSav!3KHeIt)*OhNnIk||$"
    b"&NI0b9FdK$7D%g;^7{xF90+KZ-I}DC&DL6WawdW96rZ~_EesFR`Hj!AR<WCIhgd@Vq+HqUSeGzrvqvRMt3~v9b>lnJjD+1#iKOL@aR3dyw&&sJIvWH7"
    b"OGgxk-wp66!w6%a=)#(}@w`=8m%bt}A9w)EFl55!J-MTKZR@tQ>PS*Sb)j$=Z<I!@kS6&eXwC2)XhX{8o&|G)7kodRUM(zpFa{ohS`eBz?itRzhSAg8"
    b"eyQr9nvT8?Jk54^nORXJ5S=;*b71^V&o;hIpv5G0;jXh+`l#Bkiip#`^421WWcx<8pWY4K?6c~jgZ4qp{4w!#aX+7lNiV{-vvtq@LVvhb3i>fB^sg@o"
    b"w&vYYZLkzOb#Bc7%=w+5*S3Vr`!H8mkj&rfE=Tl@>-kf*bDZcy`=b!LMQ@Nw3+mS<{Pk165$8r?<nS>QL?L*(Z~<NoDLlk&1(v7sm}h|_jUyQd*JMDO"
    b"=E!tWPPP$h6|m%JgYD^F-{>05O(eTAVp9vNZ>M_OAgHgUFjmcq^#?67PJF$T9@WQxUw6D>f>zP^viJg7sg!)k;G?^Fy}JJt{mE|Y{Ls6(v#<BY(e;++"
    b"H2fv#G-Y<alHHLKv4RqkfBEz+os`GpcFFmza~TEb8GrqB=au5k>wUgR20DIUYu-E9@H?z?(Mw)}68q82#VC~x^ozvdM|~rQ^F3xIIrKOl?^ioE(8?Ct"
    b"EL1(jixs3wF-sSe*6nUK$usGyJt}=%hQpA)xnkTFaS+TmmeOf$6Sk+b%$LgXRTjz8xKF+Pa+8ifY9=+uR>&r;#z6x4K-5n0v&V#`BtnF_oybC6a`l78"
    b"-u0QPhh7f_-iUs>KPssGa7yrkhewSBvYORt;d2d2B}z}Z<6pWykZ3T&bvrU88Me$Xv2;z8y?Zh)V+93;p(Rxz$4GM`h3fe~h<C>L3M4-am0$kw&J3#_"
    b"W)$ZCB5;dQp?ri$8Itc2P@(VOhflXMo9TBUMs{b2o@mZKuNzbIHP*+|--tkTkP^^Ac1kgq`0KdKZ2tu2%Wj0tl+=uQ)~I5=6M*Gu*j!AFD2<d+7wRUg"
    b"4YwUAH0%8fhMA&odf7wXbFj-L5vDupyCA}&gG&IddtRC=m8U*u?%u(1s=B77cL}==s(`&==NAu1rL8zeJ<>dOZMotno?iqn_T#7iKJ@KVlRD!<vJjeq"
    b"Kh8)IO&u0Z(FWMc?MY6Yrj`z+dpzjGpV=yN=lCUGtZA1@H7kyQwwOJ(-X|D3)LKi4`mQd|OMX1P{Cl0<&+0Y1;qOhh6+vdkyBO&j@S_+@x*DUImAi0~"
    b"D~7#Il2gALdvb*nLx!Y|=&E8Npc-Zt&ok41Ez|6@j-av&7c=|yfgDU^=hbWcJ9|7y`4}5273wXPspRbRmX6-==i;$?l~p5`(lUwoN?i0X0U+#!7PSy^"
    b"Yi$;Rh?6Os5lL}HjVuVg%OUmCQv@e?2}`YK9y<BtWn9KZ_Ir1|5qm;<_)u+Nw&3`b@#1)4oXor6Eadp*ef&*H0gJshS@Y+hqy3icWVCuFg6B*`$$?Gx"
    b"3$=b_TqJ<aCwmartY4$g^^n$iJ$c*@0b{@9YQ2sjuErrYfeV2OHyUy8U}e13@;H!1xG`x{H>+V-`V1d?*0E%rl0xd4*9;7KjJC*ppE|6UNJ*mt&!;40"
    b"w5PIkv~EF`1b&DXyWBdTFJ+wn-8PAa?gJcoq15)BTNU;m2}7lNvg?l@KnJ%KqN0Az`?~9c)Vw`!#_|>{qAm^(Yie`f7X8^&T}%M8vTM5%B#O=KJN9p="
    b"_lyPXe9qfOL#?1#tB@w8Nv@4GQo*4?rSgecy6uxcPiIub))F~{k=s{HCUo1y_H*s@LID-GntF+*Ytsci`N_-M=_JyPb0(qWKNBhMN+xvcnPU8FI{4+="
    b"sea(zSe7VCtr})+$>Gs%SEU-A?+5TI{f)}0yi{s=hyZKy62#Rq<?UZ?1s7a@DiQsR-4N_KAnynp*!_{`yIN}V=z2bQ_c(O%(SOY=(Alsu5JirYyE^7}"
    b"YlZsbtd$evrTRt|{j`P;@~IJ5@a`X1#a`yGU-sn&eptw1^X~r*Ru)pfmuYH>76y-Hbkh~AO>tdaa9X5R8Vd*qM_VAP$X4}6tRG;252VAZQnaS4h(Vk&"
    b"dKd|@*MmcrIOnJ!!=T0}9J}GJwovzRkf(9DG6C__CWp~^V_PVKeL}@V!?-;cLE=!?S|O+3_^kO(GV5a;NRQr`{P>|HZ2ZiyVacMrz&SXPs*NWo!XJ)J"
    b"g}vD@4Lew0RSO650>g^j#}+kCO03i1dMjyD6NvOcm*J-<gBHNe03V>JlI<c-oLWx(5et(qx)k%P<C`VsVULxbB;E!u-vT3vZ6+Y5BuHnyI4_iRN}W_G"
    b"Hn#&F<&yqdxLQB<gIEon1)1~JoxYPE3yRESY0M0-F2Wj!0q$?w?fk>66#Ibse%t|sVPtl=^om<M9FA3z5{j4}iH0E;ytAE13qrZ54|U0%n}kJOaen33"
    b"g`@^^6-H(e2#=Q=cnj3u;RLseCst0eUmF3h0t5DQKhgU6_DW>fzyf;o82};p1>z#L^{w2{T}N)W_o^or!*y-5p#zzlXa_fdnd!L7l)!fhO7=pCInYb9"
    b"3;bMI#|VrDN0|LoxkhFm?}VB_O?7%;Z6L>7Bs>_#21J*rF-BGS#s8@PgS{;x-k+&f;q!-<WJ!yQIJ1w=s0okoOCI#ehDk(kv)C}Yn-X>41247#Hgyf9"
    b"ms%%&z!%QtfzOIxhHj_dCKH=iO`HF%C1OOgBjIS!=y7}a3r690{phb%{#y%Z3L`jU{bHG>E^CyoBBE(8*Rk))a)+6cw${0(?N!+~B&1ppkJ9*@Vdwd>"
    b")CkNXf{4%XxrvXIxN^WDtzgc}km0EE=x>O=WNv7fI{41zMk+K(HGSiz_ruC8c*k38$e`<zw{XBorNxt>IEv`Y@O0Ypz@1Fj=_{)y1q6EWy(vI`3$mAp"
    b"!s>?q9C19P<t1QNn)Q2I|6|XQ!Hg=uoYxgIrW4=iKX?gF?^AE05TgB|a{DPzrlw#vOt#j9q!qEW`kwx9NZl$`zp3@xfRkPu3Fat3+{XHym5WAWH)??j"
    b"R2VQ#I=V0KA%E9p=Z9Z`H`j5AweWs0a!uiYimcyY`_!ulb5^+LJ~UwP7S+gs!0jtMn@boV0W~(%ggPL183XD^T->+R`kr~}D#CH1MU^G~Vw)(~5nR?;"
    b"iq5^TCi6j6ls4;(lk%M^`e!VE!W&QZd(K63k~sUCUl5=xRkjAwUM0|0Ok?VV5%!i78mV&7J>g*-BhA&x(DJ9Pg!67|>jA7VEJp&#)q5b>YSO6J0ox}X"
    b"Z>wmbe=Z=txNqnR_%9+A6X5"
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

# pillow-heif 1.8: from_pillow(picture).save(..., quality=92, chroma=420); three pictures of one colour with
# primary_index=1; the picture turned by 90 degrees with EXIF orientation 6, which is written as irot.
_HEIC_HALF_COLOUR: Final = (
    b"c-mceV|X3Fw)T!~+qSJ8H%@kJqp@u_YHZtf8nbcI*lCQWv2)XN&-eYfYi1VSd1vOC^<&mE004l{!qv;s%G}x%@F{lI7Ht1~J8NSL002zG&fL`)@V`Q4"
    b"WoGOAUmxITZR!g6KSFM8>+qjVBt!vVpY2n?y#Ln%03`RHio)93-r_&uKNRaTFbDr{WaVzk_RmFjw05=o|CA+bM`y=R+h*-(>hNhjKWXA%5dWZr|B#5U"
    b"0IzS4j{pD)gwf{;Tv0GYu#b;_1c-kOh<}~96I|5zbCLlF2KIku@=-~R%{vpne9a0B4*~xNvHw%xs3xC$7zwa`=X!F{&tou59c-QLO>I3tVI%-_;3tG>"
    b"?c!+u-<$u7jXnpeqqV2?KL7$27WUKNSUcMNzw~`(1TqL50`fBz?{;R!pV=e1rUk2m_9Pb-<qzAt{a^{8^5T`UmO>{`8_W)JpnRb-VS1lx!QQW~*a2Y+"
    b"H)3`I=vk%nGhz=e4~z-2XJFiWFI?bNZ@tw{{FS}s9!bs{u%1^#gLgb-hfKY2t9va`s0=B`dDph*4MV(UAQH#F07Y$KYcdt;WpSd#1oiMS&8Gt(GTH!q"
    b"iVeAYEdrZ$W~WDU<n`{+gz=T7H<Hwth|5A4s1dP%1qFd--2QY@s=%;PfdnUgOBoP?gMiy10qELMptp3-oVT#{E$@A~_qn=KZy+$ks>)nN9iGAKS3IT3"
    b"pJOA_D4|V}dmk%0*^p(Fkzm^9TW0khN;(A4)RR&hjzbPo!B|?<EL1x%ipTG_mB71EII#x^f&IwF52)A2xTDi2C4<X%V`}z@p5-NNxTqKBXsAh1FMeU_"
    b"p+sHy^|B=y>BsE&V>SpH?=IMdSq9hg9JO|$3%)aW%O&)cvX^ZXX>!-2fuuuI4N=M&^98ET{kGc(v-;UjU|rVBa+gS#LR!Xlo`7&JwSZsLedj|tV20?P"
    b"x0fx_U31TAx)#mqjMQn*f+N`qR-vhWXmv5M?i52PV{qaPSNwJtOUV0S`Ff>~9}(kGBh`)}wMblkox|(QY~^dnyQBgjl`aZ~TGUy;8bKlp_{WFfJ2@3T"
    b"5;R3Gtp_A(-fvTg^R3MVuDP9um%EEJ*It;I<bWQEdoZ!ctIG|ea_3RMljQmL4ll}Pmi4DG3i;XVDx?n&^H)k0)!STSZ~0I?hmY|eA^JcTEEQ;ll&?o("
    b"^BO!+`Uj99&nNst+c;^bpxK-H`1V1J-K@3eFE$3QuA*jl6RfO)P4CQpJyZQ1^#_Y41@?7;=lD*o06p|qUq{83lNNnxtlUJQJMos6Ffctr71_JXXu@Pl"
    b"|Ar5*Z9D_;4!Z&8owE`lM5;y=oa}A)&`ka|)xrT+)Tm8!#OT5*20F!hO2=APbY0A~!lWLM0Ot)O8iui%Vb@|98`jJ=Shh`2qKci*jAS!nd@jC#?t|)_"
    b"_d{PJV`hh}47qj1$HtYT3cVSNE|o*0TvCmxmoIjsr{{0JqS1TMTT4#0g&*%U%OdfhRAs2<crMA~;I7QpD40?2KH<*$W;fPVN8R-=v(EBYcPS6nD<QM9"
    b"-2~AroKf0Xkmi(y41f3uMzSK;Pho$Ouc^wX9fp7+aL5*#p5#cZ%8qWnkle8NO~`liWWlAS@xUO&r|t6HK7+P$Tgu}<9-`_bxJ>vz;cXINnZ1y}HTaJ1"
    b"f=Hk2(P6<G^h=bM*w@1EIX04WUz(F1F#*&mlX+P?^F*=SI+8`qxS2Md25I;E4flDlI8_;hX7xzeMql=|sGMvg@c(jakE@pXJh)|P#$OXf3to!$_legn"
    b"+KCXZ;ihJ&+gxw=w-yr#jdIVDHEPiX3v(o>V86-_-`cUkvtXJ1nu?ZkbYl`Kv!0U5v${t&v|F{P$ZO9ZeLCFV@bLTLoyUrQo_i&j=&1BENvoZYqa3a+"
    b"Jl4JSfk!ANKXS~WO+t2ch^}lN$6jSdRwjs>j4jpjvgq#9WJ!i@v_d@(w}fcHeAKs*A<0N}%2ZDK9B-+NM1R?Zm4#S@?0Q~Tf>4Y3rVr;eoLaM;Nz!U7"
    b"QS7iC=I-ubEOyi`5z!MnfWxJ?dYz-ft6JrcOtpG;_NzPrVvQlHVLJb)c>H6TX)~x(cuiB^Ts=);PtaA|XqCiOo;z}bS(0_FDdgk2%{$d(Z5IU~A@9wO"
    b"FLMzLy@eL?{%y2yO|vwvbx*jcS#U!+cZFj&8Nve$W#A7mml~np^Fi>wV{OZ(U-AQJIdgC`EaaNuPd*~}JO2HlW4eCU977t^v2eSQbsD?8`~&WFduf&W"
    b"3*tWW`fk7tdT&@9xbI4673-P{IOO{;u$qwl+gGCUP8@m{Dh%wivA`Fm{-6&Dd*P*UetznKzo>qTB~#=Oa1SH1OUC^PaMw6@Z%UVdtchm9Uw=dIl-Xcd"
    b"?UHZaP;-R%y7?BZbX}65s=ig=Kv^D!m(03o*Z<xCVONQx+XP09BSPRL#h(oIrFYYK{iPE`D=B>w<f8j3mOqW|JUjJs)TnZxbB)BIguPuqr3$c`W0ucA"
    b"3%8yk!k4OK<Mz^Dk?2WYzN5exWd=-}(E7b8%6(aomyB#;LRmWyTpnBmYml_AfQf1Iv6DPvc?Lpwo%-{<{!2cnXxS6Td4k>fTY-`ml?WC}Ekba(Uk{J>"
    b"0ZbQL0*!Ao!Ya8GuF}>nx-2XG<#3`GY2P=}z}J@f^RAp#o(#Ng>CE5)#o7BfuM@405PUHEjNDuV)@BZw_ZZ|*m_k}{Zo~!W9%~@N(o@0kFw17~_1j2V"
    b"mHA@Yn;#k%^0J4JL0b)|1HJBi{g_Sx6lM}Jx<DSe(G(*}m}gpVKnko|?==hWygfRpoDj|@b_2rZfLe?0YVV;r%+#F}g{mw&J+?od9Rdu;65p>FxXLBL"
    b"wq5#QA0T8jq64ejw7quLt~G0#3tYrq>omCvJAM%CAG({9XCta2`|>hMBBQu7BM#cCGq;mmUz_xVSyiLOAJA`vBXa1P!^<Cd;acVBdCV+<3Xw$5#ElZV"
    b"$pzD6$zSDV7<Y~0M#<5LLZd9>Q%;X8aTD0yOBmhp4`oDlAHf97gGyW~J!m}JN(wE8D=h-V@{<ggrfFk@T6!R(am{)Wa>ykIY|Ix37s{Tyb(JU;n4noW"
    b"w(=OY(!~Zg>loe|BEK;uw9(n#V?}Ux7I9Q<%W|aeRLUB-d?@LkmAXUKH(R&#dIMe{dDWBWdHq3EUB39eJtilo<`&O4(W_c0tTU;!opEDlKaflEVo;fC"
    b">5mk)lCisA>DwxaIqqRo(#T^;fBvyAGY~$SN!EF1IGS$NyRGQXXEjZuTR=5>zx1Ben7RR}iYn-c1t{q86<K|AQ;6n_OcyzK$&*~D0ez`q=Hj;D>?7*T"
    b"fQ}XMV)v;5wmDz9nBG#j8*Qc>)Xmy5!U%RhN}`Y`x*)$T`~2$PW;-fXiFUey7CCS|@~(nXg;V8_Too)JR-dOrLR-m*L@f-BfbeXJ|4U8jJ@>VMa)ER3"
    b"LNkW^^}f@4sbsL^$hop{;E<Tmn#+gPuTM7#ygV=aTd_=is)vnV+iN(^TfYsM*|eo?@bt|4oj8@5nZCZZ-T3!_{$3=+ChhHwmz)WggM&8hxwu@Aj?fzF"
    b"w0)T1Pe@>%h)!6gzmqy@c#9Ge0+W_|gJKt@6|z1m8q0aM!(rKoOtsx#mzo_6ih<Pn=I7c3V$aX#XOIRRuli&+&FH$GR4lHgfq#*)i*hu;2LSXBJ%t}("
    b"xc8yYe@N%yw0d+}jUC9CEOM0-cWCP}dik}Ee0im-gNY%5Tu@1&w}eOMcvvgP+q=#(bA)&N{bzl?6j@yrocSX7YV?Bb-``y)i0bcjb32CktB5wB4I;6P"
    b"3=K7~=VYfcxUaAntyW3B%+$V)lYha7y#*KQZzPrJIPI2Ulaa2rI)4&0((wkOHQ}1-hFXlcav!c353#j9G%q1J(===bbqH9+Tz>fq$6D@c7g&{&61?a="
    b"+j$bdb&-_e>i^n%P#QC-fDi{2Vs6GqC~}0@(9I)l^?>P?(bAj`Xe{Wx+oA$8bUB-*%H&><QA2u7m2n1<Pwu36MM=?*M{J{WL9AWqGUsu4|D|<1Web4;"
    b"^Q!lDNO`_Y0%dKlE0#Id<wC8YSyT}ph;exKm1%V<g;vwXiwfs8H)Nu}bQG0R)LEiFQ|4!%^!bYo=1d)E$0|jbXi1!^ThpG!oXs&`Ym{aUYCO2f*RDFJ"
    b"w?#~$FJ_PKeJ{AJWd*o5Ohs8*vu}+<FGOeN923L0O8I$(G!L~578TCUpiH-;R+9*nq^C}ZtEj|R$B=WxN0x}oD>Ycbwasvkm{J;3d#cNd@%Koi<3TQk"
    b"4b3PfRdziOjGVX0jB9Xq#SnOHeqB5BPZnhAk5J=f+NE*Jd}{lB`0^)}16FWa{x>A_X-Zfi3gPj%7XCfCL2iH%i@B?RcRU?~kz#G50yHOMWvO>SD3$j6"
    b"{GSt{mD;~<NE)rpoHG_M(G<g43vtPf%g7qa^sKc!+(jcr4+CMbT8<GuLF`4Eft^b)2v)`gl;q{q%x%AJ(gH21<1w&swY-d-(J3vy@U}!C^HpV*-G_~z"
    b"uG{psSBge+^+MRjEZcT<ymR;2?^hAjpSeWt+Fbmo10&NhQ7W8fV87Z&)Hsde^wEOeObou&=;uQ1Gg{JQK!6UXMJ%@TND;&_PbI3*B+``KW=zk&5mPN_"
    b"s+nSOlmYl^T#MC9nhb&RTNr-9;CF<Y;20>^>wDn1KqR@>n6dRz5XktMz^(Mwumt>Wk~X9tWn-SW(y7Vxq?DVTjd*ROZG0i}q&NtWfMf4rwRrukN?zJ("
    b"v}TT(2<Fj`@nbt2T>uQ5xiJw!pEloY#hIj?Ym3RL^uqe`eQY9`W4p7|AN?x^bi9n_#Eu7lHjwt1M|kb|M*3aRTxPR^f_5YZ{eFVL3j!us#=u%B#Lx)M"
    b"N~AUEp4ob10P7L`#9tRl3ca-gOy40&JXzs|5@+^g0a><=;blr$ua1bq)Zmh?Vnl9U6AbZIQ7u++&RgJuW_Y*3J9Y`7j~p=)(rh{9LWI2LoaW>*Y*2$T"
    b")mNgiffR!<Qm}9OAfAIvCyA5-=sdUbFr*{jBrNTU0b(!<W}NRiCj={~o+_ye`Pd=Qsi-0d*PVf4pWoC&nh9^YiSUZWHZ2ST%0EEERqAO2hyV*+$N3UX"
    b"o!e-W)73q3-Eg9&>S*6@xj9lRv97O_P_^UL8_#%)1eJQ^8I?_;tw_MVopxGl<LeSTB5zfm4^doMI0uo07{_pDf7REXwn^HmIR&=elVEQ&DAn<pWc-Xc"
    b"HpAUN?RWzp0^Fi};ufv5+JsM(ZcA(UBX=&)QTsp3BhuQ$K?tacxtOD~tkZe?I{O49k=vlSl|z_Fl0f5h)pdJ2_@0^)Ok-B#GQT5<bT<X;m%QCKXX;!;"
    b"_4DX6=|p~ulkF1^n!?yaA)Y7cCcz)_9wLE~&gW69r0eNPiG8)(n*fEXsKwo)Ny-=uWihvRh%FkFkyoDmS9y`{+!9A)kvI%L5|a3KGZWYDux<K2z`R4F"
    b"rGHvyIn4<tpS|CMp;QO|k5}a*Q106I&IHZtFXupu6COsDx9`OmGcbd|SrsZr6tT_hhNUuV^k{DVVO_TI-3<i8qGYv2F@#d*0~0~?hP~`H1l$x4$yd?D"
    b"{OF<Ob@)F}PFabI_a-Zsu~a2fme+bB3fJWEBg)LL{SkV3{x8b#Nxl?v2fGfOyQIi5p;<Fqq-Js~%mW3()C*7Edn0MJ{VMoN`lK9kOK%Q1blmDf8Jocu"
    b"PGqI~qYf(^Mfm!c9|rW%w;K`$dU9?%ylcW>NOKtabJH&4-aoAMbF9R2t0AC3McJDJSeimMekCr_Fr>vp)$r+Zu)nwUGHJd7Q^??UnHlUC3Q3=Xl@lu("
    b"hB9)`npDasBjJpD$f<@Uj$7IA$mMM`6k};Fll+d*S!yd<AI`w!=xT4q*&HnjW{Ke#3esI1YRcN7#7x^?ihN9b%_Z@~Ta8t080ftWJGE-+Irq|7URF-i"
    b"1em?v&>%41M1~7=GAvLnm()?If0F!)B#|OG2=#_gwJy^VG?m0XT+Z7iQ90K{+eE!WDd%n;ZYqN47xNEqeKtN36(URqMuYi!+ODT}+go67ePnWH;NMC2"
    b"I#B+~u-TXaGXFxUx-2acI>9UoCJEqWaZb-E5bIw<(xav`)4IuLrlPe@2AbeI<tHQQeuY(2q=FQtmSW{E7;fqV!h>1U0|M$f*Jgb}6n!eD(~d1iaa#DA"
    b"IVJsc^EikvtzJ}%{r90oz^3TqV~zhz9N1)uS@1*i{n}_AhOpM1-GW3c&Sc#44oBgP+pGyB42Ayl60`A@Ic+|EF{KWf&xFCCt^Gc{^&#)s)IRn5Bud1g"
    b"9Lp5T;<^;kukn0J?I+!EdAs8o_TgUSKL_!``1r6Dciod0ETd8Po)`Gw+BXfzssf_oessO2?*KCKKaO<0rw|7$(kE*sM_g4{bSMkLw#z}WLzgbZ<cLry"
    b"PyTkUP=HpRhz09$Y>i)ggF{=5HmoOfG^%}m@>RMxDFX_8-;LqX?sA5>%}8U$-aC`E6C<}vJ>J#Nn7KZ3jYdPs`;DJSL|=faq}+qt-e8}lmBSk=UMT7t"
    b"agZi(4oW#JIq5mfmbSulP4o*h<w`5lN!-_iLziRcNmt|A9|Z2llc94;Rbw4|ML5jv0VBtY*bYfj1fhXoOpAT}BC2BLv2e#Y<6!-joS3UxMGHO)jg7r<"
    b"a0)snDjhX}c&iDQ!PEp`V`tY6A!3{4B?qL<!NQ&H1pQ>m$@ZN;kC3luvmNwbDB_y~l^aQ$e+CbL$IGzPi~z*v>72-JB5!chjHIHr)Jt?l14$7OM{WYz"
    b"P|DMY#z;_3YLW&o-QI8ZiMy9U&~t6<wXq5<ewf1q3JVwQi9^ynxNaz_#8d0!To$S7bF1r_Sgyr&1dg|h7->*=9NMCBCv<$AxYY;|Sd%9L&Q@BZvzf@Y"
    b"z6_PNn4|Yxr9?dh=>peOFmtAnF$ek>^fX%<n}3l9hu-o!L^S6g$Quy9MZ1e!(mmbPhDbL8hmQA5Ff54ul{>SAo|$yxxyfY!)H~$LPU`KL#*evB{Mghe"
    b"ieK_5Qp?svI<5$$WEXb*-Sp`&MNsSw_O`LG2Nzf^tr{_qEE8X`EbNPi#@BXLgXlPeHot*DMDtOoDlnoSrEOfhB>13uWEwfmo?aQRhh$kS3puln<o0Sl"
    b">o3SVO|qJ;=aOd<NXQ4g)V?Mf`zlD<?UfppAg;jeHChY__7Gu|`yYOTr;hYeOnp{GuQ=@6fdYH0;)SqnI22`Sc!%anEHL1KJ?NqEhj&R<9h8}>2XzDd"
    b"<b+a2@=s^w_2Ty!XN-ZF^RCmqGL<ITnY786<#JO@`<iThiD^2(BJwkd8Mk&v=u`npGTS=I(LfaEiy?9r@c5way^$UH+fZeAH<rqtq8lDov<Xy=gg9?G"
    b"n}d@;S7yWv=RMI?-e+9{`w4{Kx@6Q@NI`|-L?lsq1#zo<^wS{>0#pg8wP*wZPX}NsYXF*BB(kSn^$h!7UKUazF!v7?<7~NLO>tMLUOW#a^Rz3wC^S2N"
    b"jqi>5WffK;%wp$G>BdXaw~t5(d{+B7ap52f&XB)s9A|%?ZW`l5si1tH-cUH_fCI0+7z>kx=j{@OI#ji2Zl={;=KNpY3sZMAZlG>XbdXI7?kD^6yq#Wi"
    b"FV1y~&<9a^8S+n|AJT0QdcW1SEx&8s$#o+Gg`#%u6-KjWHZMpD9h2e(8q-ozSNLaRV2k0^(OK0u<m7dYo3re5QZ=h$XPgQy16=NRriPUnDHp5sZSZ=)"
    b"q)0X6$y8$T_I2spSf6aUsH`p#PQ@TNPx!4Gj^0(>&gtLHM9$ck*A=M8i{m56@`*!h1%T5HQPPj32s{C!_&wBlD%o8q@69BwKO3Oz^nU!9Fimt}f7()#"
    b"-3u+PkDH`*kDMYxwHG_G9b|b@%AQO;dKw}Sy-xZar^yq0#}-1`4N(~oN!O~KY>8RFg0XfYxEvJ1o=G_v>%oZj;uWEpd*TrvLELpHXVB07S{^`qFeXBG"
    b"<Jo<4k0KKO7@b^9obWr2R&{_m9o&TG#E$>qrLUlRNX~`Fpsg8cVwmJvbM}hBSyXvJKs?dUdFY(!V$X((bi`3}Os!YQ%{DID-{dzTEsL?3g8UX$TLzuy"
    b"4iFc2Kcy6?LC2yq#D)i|a@(Y8#6VvFbdXll4z1_JMnY`L0-O14IrFNU;^<v*E6ybC;0`^&8NY6SkazB;v#!0!-y(zo;X>onS+|5rXMBrKU-UMnU^#rx"
    b")Fv**Zsaw&(4~b5W7R|Mo}D6ZE3Kv)SFst6ppwVrVkR76HgT3o+-@i>b24MrfrJhDCwzYehTRgWtbeoQzL>Kqib6`Sew9s>RG^54RyDFu52zFwg}{?`"
    b">yK4Uz6H}!btbBUFh&hwu-kKElC%fI0wdaq6zpn<Gf?=3hBD-f()OD{N6F_hjFu^=#~Gdj7{%RQj52q7vPhUqC8V8c^EXP?a}8*e{^5V5z2p+h6_L?g"
    b"00TB^w~}n047Kqjaaq0ou{fMdkuw*%&+@}vrsH&|r8<smD(jbzgZBzopkmx^wwRc^U`lXEhpKgQ&hYr{sY@eTnvnDdp%H@-_yu`xpU^iTjZ8w2_2DL0"
    b"(VI|o?z&k+=NQ&)r6tu%I)=xz4g=#(Vp{nawRN2aImAG-Lz{`l+!8KUqs;TqnKw8QS=xF(#J;TKx$z$>0?-G4?2$guANL)345XpCffC8YRAU8XUB(4y"
    b"CxTXFy1I8O2@xS7&4TJ!Dr_hPS@i0b7i!^mn2e?RC0a77Y2IocGTVFKv85}DSLE4Huq3W59&ldBV<EDA@QDA^A}&tIAbQA6Bn>+#%rUIAnTs`jsp^mA"
    b"j}U;=GQC&EfKLSJ4Ft$bNrrTq&(j&o7B+`eD3{IrQmmPx`?V^TDu-ce?(>cM%M7e?p<++CCO%rj1RY6o?l>P!N&S`Lwj5k7!b0lxe4YX%$5l1zor1kU"
    b"tG}R31sgYRIp0qL7XGgjVs8tC=22L#J0_6gKuj8PWvbBNvqw|ISZ7+HhE3~<>f&BPJ{#V+N~P|Q(a%?WaG+eb(HpNNi;Jh5@58k|H4j2O^iW5BdBR<j"
    b"7N)`mFTJfu%J!~KOC_-Vd~b`G<NLUB<2lhe1cD5V_zEQwSyISD*N=?!A#{3J+cKRX$ZoTx*x>i8?;2O3Ed@;aep1P10@+_-?3U-fnDE-vs^z-2>PLsI"
    b"%9nnW@G`*Gx`l@0&(En=iCEgE58$lI9YE_3;<h*N#V0yVoi=(tWgkr2&ZAKq#^m+}YTxNwK|U^$eJ7x<x_s<3dOTB{pPYJi?(K1~OBUs@$Dv%r)eCUB"
    b")%ylp3dnz=d^_M&e7mun>iKe!@$MVYt=2bD8Oczuj)bR25VpP@q!$nbiWG!stmu3MajtTKaD<k`-mP|&wgu}rzsM8qcGB+j8?}xGx9vepTc%pebGgew"
    b"jcr1oBJ%(!QFI69*siK7NH7fPSF9^1zvz98Dml`u+3_5UjHICYlwTE4DceBug;KV3&6;>L$^Rj>z+cP^s$ZgH3CP2gLGHx<BM0E?p|FQx|2YrxS-7qW"
    b"-KZt}z6r*5E)<M$nF*&mk-`~OKI?vXTB>Gw5PB&UhD(*YJG3b5jbouLt+{ewi{AT#_;lrA)*C$%5y+i3Ucr#%8#u9`Xzz^!cc;dRwIS#ew<6*1W1=<z"
    b"#NtYTqE<M;#n*zK%pcM}I(4S!CQX#1np5-i)(k*lzhBMN4a!6z->(YQWHHJ3h`n*oGBW7n{Vt0(43~;)=7GugAfMR8KYL<bUV~|yMzyCT_4QQac&?;f"
    b"SB4lJaxpQ&O=(j%b>DD%#ssTwO6d4Uyff`L&O|NvT)Is(nlXL4>%+_?wKe^Y06?`~({<H+o=4GnSpCTWBN<ov=*j~ou0bx9+|PtFP2s;5w6DLAUS74F"
    b"FDx>LK)5WDns?0U@7MlIWd4)B+E#EJSCGjRJiQ%5DtpkfyT1%MBnQzC_#}%|;{-bi4j63|M>wu?%__!dBEVglO|>S?lNASe({oT@cp#$X`L-URN8(OR"
    b"efng7G%#FJePiYv(~fq2QHxxOU}gS*^IY(sBv3+IZ7V<^I<8UI&{b&DAL-Gb(_501nHxS;9WceSn|Z)#X((CdTLbrnhM3vM%oLAwcLBMlxubz!ucEiA"
    b"+RW<U1`=yXsyCAnyjf)f8=5KqCS#ZO6gab~d@p^0uhPe{%*5OL{q5_ruhcOVI+sx}aYLws(&->XY$P#<_Zl)rp{HKW)r-e+kz#{ZRTU+Swr%rwR0{u!"
    b")bY47@%sF6Qa+zDmdn?d)u&@{h~Wm_QJWkK+(&e5l~n4<Q+<xgz(51kJtX;CVVv%}S@q%s3@QGw<znmf>B@xz(An?ya{+QM6`Z8zylfxKKrII-^&a_^"
    b"C=ewEbYE^c*EH0Mz|B^Pihl+C7Qs`Yrs{F$1CAK{MU~caqie5gESV}*{KslQfcYPw4Ur2=%D05Fyo$V6OdhhERC6IgNr;Fiu)}ffMY{}gNGBx)%rS`^"
    b"HtCW$WW#J|Xr20kh`Qy#tt3%o&P0i=peHljC#kHCm<Q$?b=*w}RpP!>=e-4Yqszhe-naP9`C>PbV5K8-cAgwYAJ?BBEcJ@wyW_0KVmNlFP9C}q8rs)q"
    b"XGT!hoOSBWUwvTlw1%?1r$^9PZTKe*5Jm<V#ejKP#O)f|78R@@Raf^JIJoyOBKDZys5|fLS$?wuy2E){zpNza4yVDxsxG2kd0FLu@h>;m5db`am*yZ~"
    b"Ck(OqHjRTnrp+rFG5Kp7M&wm9h094{rAAfR<)~HlMBnTlsfD;=;E_@}77;us2C7$<UciG?eH1UVhI1S&+wqvN2HcUEXs3+phZ|3gIl=>=sT3x|#h6tH"
    b"AvoT40oepjxERz>;Kh5L_3<CEjX#U|zD%P1)WXPk>LGTTB}~7Wn8W&s6%4`@6UIViHr5Z}RZVO}JRF<AJwxzDaER9sR`O~1DV#Rg2Ez#>*TBFs{)eh*"
    b"FLSVo`K<hwB^u;`NoYa`j+{Gdh7Gdhx;BswtZ-XzRd@4L^AaVDa$x9s@XP-nHc0%;"
)
_HEIC_BURST: Final = (
    b"c-muNV30{GsVvAy%}izhg51nBLl8SRGck>Uf$?^3YDppk1Sn>t<P<^K3<a6VB@Af5Ei)${Y>0~k12Y37h{gCHLIZ&;0~3g1l7WlJ09AoRERaMP7<@A`"
    b"^U}aPkgO<>lM2=dRFhGbY{-Bj$b?Oh86n75kXe$;09DDzn^{m)0A%0IEJ)4=(q%wp&Wy|;p$T9`avvD}{QdERfq|bn0cfFw10xUP|NkHb%peuaASAbo"
    b"$srLaspZ7Th$gc@p^<gkt0&8L?%>EUPyh-sg9rx2B%pFO7si9d2Reb42q)*~6y+u7Q~*VJ8Q2<tLL!;P1*y<5aDZZs<ebC;C>s<$22dL8ng9R)e}H(3"
    b"L7*VBA`|Rw4h{~GzRZGLSd;-{fwhr|nYD$12}(0VX$FSa+>}I66iR9^t`~0jA@Fed|36hL{@?D6|D>D!dC`RPAcskSCBLdS+W+?m{Qu$oJbAl|_vh7Y"
    b"wSmilHU3<-`2X26A70&hf3C~f4gh1zeI5"
)
_HEIC_TURNED: Final = (
    b"c-mc91yodB*PfwM8U`4;ySp1{5G9mys6m(+x?AZOx<g8&L0||Gqy*^_1nKTnT7P`s?_29%-(L6Jz4x=9bI;o6oV(Uu8vp=+?LB-Ej&@K8;6YrV_CkMc"
    b"7pRRr004aJV&`E4_*a-5ZJpizV*?OShzH<*L=@@_|K}sBiU2eK@UI2z`&R=1<Z%z!gHRg&7Xh$73`r;yX8(`(H%jr~*!@F$;5d3ggaH2!1pcL{`9S}n"
    b"KSDq~Tmb)J0#=|1H^hVPf+8UB2krAPR|Sav7ef9+qCWxL-Ctb+07U544>LfDKmy>OKYt16e;Me1ANn>lMVp5pk1`PWKaoPgkWjm}WUW^@Arawde<9(&"
    b"FErwp4}5G@;AgiwX2pkP$RKcMHyFg(=K&@JV1@k68|sd*`%l8w592RJjDY$;{{rYZI5-aq7wQK0cvuMlf+Af0yWKzl5Hl1F9plY|O#^kav;PnN2x99F"
    b"`DcG0GAD0wv9)<P2=XXSU@gX#a>eg&^p1(OXP@5xxE(*)if3Zt%@7-+yXgp)F4H>En3toxDvR%HK~LmPt^Tn+K(!R8z<KG?al$p$-G&)#SO$oZ&yI2u"
    b"QEga&?4or{H|iRv0=eS%II@j&?3A`T+<te=bZ7w(#o_tJ#?Q<$Ek^6z@bafjp0n3dcqN4_$l9~)2vItUH3*d@ob&q*j0ruyn3+6x!1EzL$rj;V;Ec_R"
    b"y5Sk3PU{yka0*N=&&izl(}6ZUEUYxZkvN#vMu2~lB0v73B&5o1YYDAWhc>U%6kV@qR;XggSup~_Im%d51Qh_JKL#7Q`YtatWh?xdtW~k1?VDUaNG%${"
    b"+B!+YSzD-T;wcc9Shn9(d~UT9;qnv^2q7%IhPL|Cg=R?FMDAVuS~A+EBvVPodV=ve1QH2Q_%Y~j|6+sdGgulyP0XxT)~9A9LkV|*jY^`s&n$ev&1RMZ"
    b"F%$uvU#A;lNHKo549K<}M0mCjz#AMzD!))GMUU@5YYeDYS?7j-^B!I7kW-Wo_Z?fQWDc3x-s4WP`r~pH3!mXuebQ7(!vCJwVVkKcW4;?#u__s*u@s?z"
    b"RvHARXM=c{8j+JIfJGLN9>i;=#*#~r!~22?xo#Zap&T&+jF;+WD$Ak)xus+`%+|hQn~YSgFE$4Cx;ZSBB_Zsxbq10BFQ?@`L`gU8!1(893zaS{xvjsy"
    b"nWvm&_h_4YoBnEqr!t&LS~b@Xr?+%7C+vBDP~$3yVkKHDrg?sK-|R#2sc0uxS+$+8G~N1n`F$f%8H+?%Y8IzzB39h}S)x0R!ZST$pycq)%nOD1tZ8>H"
    b"O_;ZvAP2rx1UVK-`-YvG*g5#8UMIJbx$=;BJOGV4)~U;d+=pQ4B{vQ#_lrCW{U*ZQx0cm4CX+9v(UO!i)o-MIf!u>>tRI6~Mx&R7XyJf_3I+djL@M=6"
    b"<}$uv-jK}{OmpWgRU`TSfcs=0Gw1#sFEq{f4YjKMe&3Z4*bi4C$!qX-J~N3W>zduRTPknCL%i<^Z*2-(QqhnfO?oqmx~P!&JX|1c;5L_=O~io$bNBk{"
    b"XiP`lX;5-|smRrjrfK|F=_7gZJXX3xs10#QqM?aXnUyw^6r9<{@idF(J-Aw?Np+B-r7T(-tBPjSB@3IJ{plsQcVve`>Z^juE<E~3H6GcNiA0-M4nb^9"
    b"?Ps_>#<aYh@3utcqJ`2=b0yfatb&YqKL28Gc8;7o$fNQ{-jlV<YD@Hne=NZmLRRw;*bxzCoZb-(bTPQaX5SR}_YY`g@5!|8z@%b1&~XDa*1EVeu|%+F"
    b"D7Zz8aF#l{=x1J98QBYj1fg4GHq4EG@2u|Cn+?%D?R=Uo@)}*<*~3phcpvH$q!_KE9Lj1&)xC>`>wN5$vlL_qX#5rSdRReKCMMRF<;QhKjo^SR0ZGv#"
    b")fkkoRUF=T(VdEbxXQFYXHQf<Sb&I1O8tAVCsJPNj}+?TT9zknV%cL)1fAD@UFZIdL)|DGdDL}Jp~<fZQuIp>$LF{%U+gI$$%DmJdxapM>))nvva5W0"
    b"@BfnGC}38%mg-C}M-YvzQby9vx#3PH^hupq?MU6SmAXiA^P-+EZBwzy6ENY?G@C&MUxh%mP(<}=aXRf#L!?4`2HEI!+X$7%S69HVz#s=cCj`c}g@sE2"
    b"H~O2lPn{uJ?@lM__nw^Ei6IR>heXy(_$yvJ@N&Wq#z0q<(j2Hv>LQYyO=wS>kU0rq`DSKl#f_5dllAM_)3cV>Z5=}e3uvPq!f6oc)Feoib1GC#C?Dn3"
    b"-n<9WfW2SnRD7v1kF0=+>@V8_2h_&Ru&a5L#)~~|)*;xeO36?6`tZ__>oIS)?|#vp-9%B$8xN%xD~sbM0TWW<b&6^IrfZU@Hb9I0=Q4T$pbIh0=eop{"
    b"gMuQTuS&uQ*2&u8g6%);Tkr-p1!#EKZS`}9dx&P%M(0be_VrRnGw9<LaMYbo9N%W_Vo?_bluD|`>SX|1$}giJ+3)l!GZ`#&1CA1XwVugx#F@U}&oX@4"
    b"MF`=BiQDp*Bz55Lh<XM}>rBCV9=~q~g*KoW1tnY1e)+(N`D(U5PQV^KkoVE6L(e}&Uz9NJ{ehGwc9jNIh9C}{zGtWK*1II6j~^etzE$5#&ti>@XU;yV"
    b"|Fw-hO8CM|S71?jkz+=4u$<J0F=FcW=J>f`zaMs>nqMfeEe}`jnkI1G_GUeHYx~RgL0ltN&W(U!a;}6G5;WLzFS6n*YdirdTzprLWvQ)Awe!oJoa>!c"
    b"|HuZnrGE#ecu~C9&jG6=)szo!@*~LwgElealFTCoCOOpRa5hq@p4)g@Uw#WVWpQlIM~c4_jX>F~J9a+0g`N_tJMCoQ4_2+oP@1s(`eL{0o?=uK%6MU?"
    b"?1!mX`$li(J@mLuk(zvAP-bTe^t%Az{*D*svW!2EU7IvHuAXcY7N@p!hl8X&;BvLl3)G%hUw%qQQa3e*_lXP?vxH%SAN*2<I-sVhpF-Bq3wZFZ&X2AF"
    b"3TZ4lS#6AP-Ky6=>O{C0_pE4A$~|Tow;wV+8JNM~#U<vb6p05+4Sli_m`QK#xxahICXSMqs}o<t=(|6oF8ILo`>DA|8cTlMZi+3gNGt@uaSh6g{WUo$"
    b"<~kiNe?)XFUm`cnzZ$XlGds!};b4g5o}1jc?7>){Gq34QuUDvY6&R$IaEAniIVVYXQacgimEkU#r2VwHSX1zO{X`g+C~D+LyXWh1%m8w2X<<xIma|v<"
    b"UI%LnK)84C1$My#C{m=I5xFg4+kT5Dk6Mr;yMD-*iT?56fW3BXFVZlDoVtdSMxNL1*8mTwuodwqLixvEGu`W$BHAz>Ni452)Tg(e8e3KBYec`MwYhR<"
    b"Sz#oJJ$vQ7i;|N_{wVZ(1r~%{qL~h<%x1Ybtu#-{#v-Cp_dN{#8hc8A&HTg)#9G*POOEq6z*&*FrRxO8G-U2bfaUO1K6PlRV-zzljh3L6;#h(W*q3i="
    b"eoLI#Xrt$SUoz0NJbPYuTvQL1M5m)Yp*j`7$l7rzP@{rOza;-QWI#WYHRIiZpe^Ud7!g?71xjIBOshX%|5JHs2LAxsFHl~qr=KsTZT@Q93(e!acxGfu"
    b">}IHpLHnlLvi;#VZLrt0YtP~9z@#9_(0V=JAh7Ug#Bkrq!cLjL5d4TiZCPK#3-N>`#Hp9&r$I0?_$|tQC@giUFC?*T$gW$o^(pt@lBSXm;l}f_EG+kR"
    b"Z?%<%3@@(Vf4Z7(Vs^BDWa-lq<;ByYa{T{{M{Z$TRlQmtowR?<xE3UtH-ozVC@Hk0$j=pR+bLCD{i`ebOZL{|WV+@e@R_GSQIB=vi!(gWgIQd{<KaB4"
    b"wMX6?zirtWZ3u1qm7;n-VEhS&OIq}_P#6tjSkdL?g0<h{T6+f@1O_RCCRMJ?7!t)ZM^WvyYf7C*QCy7mpVBhotY$Z%`v#VMy@lUvaV90QHC|wIwz~x$"
    b"OO+cbg{~=Ix7#%aoJG7MgJrQiJ3uFiUHD@+MC0o9j_B<ZJEJ-~!S-dUq}=SH_o%Qa?zG(lwE_{ZDpS{%C<jJgn0_uhPuaJ7SeobcI@j5rMZ%yDi*HrB"
    b"XK70$ZWPhtsx&`~p(`@Mp&*!K%({=<C+tzxf>&~c;Kyp4+3%qI@}){k77w@S6uiDWm|h{<cHn7iISS8{bgKG}H)fhQf*~=e9?g1MfA2KpweXU9FcSw0"
    b"t4suz82qahNYr{c5?&C#>rzATmGm(?>0uNcJ?>(jL^!}i?9GbIPEmTWw!cz}*?pIE@7vkfG@GR|wlLdZ*u-0cdY`gIXjkQZ>?tPS-mvDGbVc>BqiaZE"
    b"_B0kIGs(c_k+&`3!?lH%fVcJX6fLfqX!N|RHl8Iwd*;_yiGSQo2$9SgBIxDgk^{R7Lp3n{8b15Q2$#SD>{PaKtUzf`sJ+}QhXqPZDdxN0PVHLslzkjZ"
    b"eZN20Td5>mXM1TUyRBsGyGyq?%+9$1pWCi2iGpX`X&rHS<GzhkJ!-Bv>-rUR^_W9Cv$RO*9T6Y(7;g5T7qTGlz2JuMW--79;B|)`WifGQ#QpJNqdfid"
    b"M$~ujE!pKMnC<<g0Xc`ZuhZNlRIWRCO06aNm=7e5WQd7VN>b-`n=#$t+!a|LiFs7R)==`hwN=Aj&1S)RL2u1@akPr)hw%K1yo#sps;%p~C-S{R$?Hin"
    b"l5b5}7VVYEv8L`R>a{arA7e26W6I>tupb+7mP^z0Yf9Sz%~18Y&EA1yCmxc$b%(BGQ>2XG(A6up3(sP+;x`T^BQ&flN4Co;77jUwhmJ}t(JTtS)wfDv"
    b"ChNQs;y$+6qJ9@OCbhQO$PmW<&?OU=ru<D6$y7LrKLN;XUKPQ#cS+)y;1iB&hxzYqq>p=|{gn9KCAOv_G_IGZxQfiV(<(tv#?>YyFyMQ4t{22p{uR4t"
    b"6s}D8f=|Q(+R`}|(k(c@oQ#09W6$q^?b1YNA2H|oq0!Faa8uP4BY%ZwG5OEo_irJKonrQLnm;_o{1Tg`AGz~g@T2^K$U!c}ek?~`gBpU}vx`vHb47^s"
    b"VCaUO`D^LM#%a)znq|kxm33b!539u7&Ota`o=1ln6COq5O}=VgX^R&DS4#Us?PQ$wtf_*cbRb`!VUCM38|4#`Sya$2u`lsLI?b~crE<sNA2nTwzaNd|"
    b"m{Jp5gsdDwIbbv1Z$bR;PppSlj)^4Vb&%!0#T)i7txu)|c3!fw&*qNPQ~bR1<<T!sc6_Q5BiM^yv>Bw!!fHD1Ewn7$SF4Wo<C+K|l(tY7@oj=a>>NmL"
    b"Nyyh46it|uWRC1ER1MXr^>OO9rXkGp_m}xJn+7-W=)LEkXjPC`5<Z%}KKzy9Wj|1A3MMrnZ*W_f8`dg~4p+FC>b(`_76R?a9j&i@3G(+WRN{2$GdO|f"
    b"gqV$ev!m@gThss5x?@1_K>|yvyi>?KeK5(uJswR@9RMxwQxP+6jYT+2YL4nQcOW_KxQLl;Zg()b!nt^nD6Gj7$IqvlcshN2`F8xoU_|<P;avV8pIa^C"
    b"2lb&_1XxH=C;wXxAQ{7FF7|mYGQ&agt7*TSJ&C-+#TPQa)KI@4O_^T5W75&-xIC*>7z)}m1Mxp^SL}qD@jOLGF{bnil<&^8shi}!3NYJ~jrZL;ldYvN"
    b"S`fD3JXmBbv<!UG^p=d4&QoNizTI7>$#|vDTr#m10}$)Vr38+$He01Q-Y@te_@hBJl=fUqv4aEMyp%L5SqHv7+$n29J5du0h#JTN9hf!0&?g$KD%+hM"
    b"r)c_81hq(0Ac;uXqNA($sr6jharkF0H%6NH{F)(fzS>8u3zNC6vLCResIAFmO7jdJx4v$Ka*ZoE8(^~dJu%5GfHX?}__Dm_nL+_RC-&7&H|1<QUvNO&"
    b"NaXd^%k<EgV{VGENgdok3nnPTTQ;YvlYuQ;bxQ*=++Ex^GM{B32q@Xy8viq@t5@%fD-~4gZ~B%edW<@or$j$5)8RKs=^MSiprcCQAl@z^=QV$(Rq92b"
    b"D^^o=PPzvgLgvZvtZp6_Jd|Yy=bXI>O)+7Y(mL=4E-s5XX-}e}Te4ajR&4v2>HYNQLY*kCF>}XIlx7hbJ+>yYS}+@qX(N%yX$2~m#)*^nw4xb|i>sD?"
    b"H(~r)B5l~|Fx>>8wO)F(E5INZ;gZ%^WU4$)6n*&JI?DgBZ>8q>_oP(uBL^9{Mnx=8DfI4j`nPCwBXy37N|W{cTg&}ogDWYL`l4zn4NIm$nN}W4pZflO"
    b"B(|%yMZQ9cX`9*4Bc$RL_f`QNI=NkH4iBHFeTWjJ2p;7P5rO)TnPVY!JS{Q|K;!v)yI$Fia6c~P6!9}k%yIX2if)?U32mJu?)n(%6<mcABFW<VCRx{K"
    b"hR<{l4VLfqCM~aaKkA#R$#x%|1bTK3Y&8>2F@Efm;$Ggc;xJ%eMbWX;kTXI$I(qQ~`Lq<Kw58J4{o{y?iHY3%jU^JIs(rJ(ze-|^*t`EQ`nCniOLmz$"
    b"HSddoP6$WNU(*7EvdgqDB>IiRKDkEy)^$@|jii{cYGW}(1JF6ehrXJvk)z3)7-3hs=PUb@ORE5f6<si&b#+IX8{|nbdsn952$y_<c!UbBe-FYy-jZ|Q"
    b"!#rmdFgwKb6+NWJ{5KOo4wsww6w{*qu{<@dhpd60a|5vWYn&wc!y$?6eoxubEq#>kxu<fpQHS%d{f;@2RJC)7J}6k+f!y|RuW+B{jxN;|-kSAo8Buhz"
    b"(QY`c`E6nNWnUc>R^}9ZR}W&%$g97UvY<Sf(RBCIEiim-fcHvQfmFL2zS^Oa;J*`@v1PbFnJ=-+947MpaNXF=HUhPQa5g9aA=7U7N;;nq`DxcP5Mf*c"
    b"6%iZkvS!{@@0SccWl5wQl)emKd0KzqlLdsHMHqiNPuV(t;V0{6kHN|m>s3U92Ri8#4N2TX>KHb2;sAfXiut^3Ro?OISNEv1;ajl){I17Dwe#5F9+^xr"
    b"RF4&cFV$WXlq|l(M={!TgN>OLOl}3?D+%nu=eRmXIfXH#Z){mPCwTX6eH29EKYg_kPFrEyN4l-=Jc*XrvN;?&2>saiQARQ4Y{mzSyCCPgI4KmB<)5N1"
    b"c&ypUbQx_4_5y$D;;r^Djxd$OG$-|9O6nl~gth7~m`XTRVEP%XqyE!!P5C7&kd7DL7k5;^QCHO-{UOh2jO_X(%JgGZ;pN5T1u-f3=O#hE#?zLdipgRK"
    b"e|v;M`vs31Q$$ns9fD^{R@hajHc)Vhiy>De!PRSzDI58PbV=aR<DXbRl6RdSHRWotwg%vz25Nx6y~$B-nmOVzobwC!J8kVSPau{<!{qC~?~0or=r`tA"
    b"{krle1C<l&z@7v<<K07$#G)TGU{0_Fj`{K+#jF~3MDGCr0M@@vT3uZL_k)K600K$>_E7;q0M@@P%>M(;sBi}"
)


def _unpacked(text: bytes) -> bytes:
    return zlib.decompress(base64.b85decode(text))


def heic_ramp() -> bytes:
    """A HEIC of 64 x 48 pixels: red = 4 x, green = 5 y, blue = 128."""
    return _unpacked(_HEIC_RAMP)


def heic_of_10_bits() -> bytes:
    """The natural picture."""
    return _unpacked(_HEIC_10_BIT)


def heic_of_half_colour() -> bytes:
    """The natural picture, its colour in half of the rows and columns (4:2:0)."""
    return _unpacked(_HEIC_HALF_COLOUR)


def heic_burst() -> bytes:
    """Three pictures of 64 x 48 pixels and one colour each; the second (200, 90, 60) is the primary one."""
    return _unpacked(_HEIC_BURST)


def heic_turned() -> bytes:
    """The natural picture, to be turned by 90 degrees clockwise: shown upright."""
    return _unpacked(_HEIC_TURNED)


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
